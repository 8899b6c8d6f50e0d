const UNITS: Record<string, number> = {
  '': 1,
  ...{ k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
}

/** A Kubernetes quantity of storage as a number of bytes; nothing, and what is no quantity, is none at all. */
export function parseBytes(quantity: unknown): number {
  const [, number = '0', unit = ''] = /^([0-9.]+)([A-Za-z]*)$/.exec(String(quantity)) ?? []
  return Number(number) * (UNITS[unit] ?? 0)
}
