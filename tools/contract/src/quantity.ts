const UNITS: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1 },
  ...{ k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
}

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const

/**
 * A Kubernetes quantity as a number of its base unit: bytes, cores, pieces. None where it is no quantity.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity
 */
export function parseQuantity(quantity: unknown): number | undefined {
  const [, number = '', unit = ''] = /^([0-9.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(quantity)) ?? []
  const factor = UNITS[unit]
  const value = Number(number) * (factor ?? Number.NaN)
  return number === '' || Number.isNaN(value) ? undefined : value
}

/** A number of bytes as people write it: `123.5Gi`. Never less than the number. */
export function formatBytes(bytes: number): string {
  const power = Math.min(BINARY.length, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  if (power === 0) return String(Math.ceil(bytes))
  return `${Math.ceil((bytes / 2 ** (10 * power)) * 10) / 10}${BINARY[power - 1] ?? ''}`
}
