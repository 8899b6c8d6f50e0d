import { parseQuantity } from '@opencore/contract'
import { asList, asRecord, read } from '../read.ts'

/** What is asked for, by the names that a ResourceQuota uses: `requests.memory` in bytes, `pods`, `services`. */
export type Amounts = ReadonlyMap<string, number>

/** What a container gets that says nothing itself: a LimitRange of the type Container. */
export interface ContainerDefaults {
  limits: Readonly<Record<string, unknown>>
  requests: Readonly<Record<string, unknown>>
}

/** The sum of several. */
export function sumAmounts(all: readonly Amounts[]): Amounts {
  const sum = new Map<string, number>()
  for (const amounts of all)
    for (const [name, amount] of amounts) sum.set(name, (sum.get(name) ?? 0) + amount)
  return sum
}

/** So many times the same. */
export function scaleAmounts(amounts: Amounts, count: number): Amounts {
  return new Map([...amounts].map(([name, amount]) => [name, amount * count]))
}

/** The larger of each. */
function maxAmounts(a: Amounts, b: Amounts): Amounts {
  const names = new Set([...a.keys(), ...b.keys()])
  return new Map([...names].map((name) => [name, Math.max(a.get(name) ?? 0, b.get(name) ?? 0)]))
}

/**
 * What one pod counts for: its containers together with those that run beside them, or one init container with the
 * sidecars before it where that is more. https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podAmounts(spec: unknown, defaults: ContainerDefaults): Amounts {
  const containers = asList(read(spec, 'containers')).map((each) => containerAmounts(each, defaults))
  let sidecars: Amounts = new Map()
  let peak: Amounts = new Map()
  for (const init of asList(read(spec, 'initContainers'))) {
    const own = containerAmounts(init, defaults)
    if (read(init, 'restartPolicy') === 'Always') sidecars = sumAmounts([sidecars, own])
    else peak = maxAmounts(peak, sumAmounts([sidecars, own]))
  }
  return new Map([...maxAmounts(sumAmounts([...containers, sidecars]), peak), ['pods', 1]])
}

/** A container after admission: a limit without a request is one, and what is left comes from the defaults. */
export function containerAmounts(container: unknown, defaults: ContainerDefaults): Amounts {
  const given = read(container, 'resources')
  const names = new Set(
    [read(given, 'requests'), read(given, 'limits'), defaults.limits, defaults.requests].flatMap((map) =>
      Object.keys(asRecord(map)),
    ),
  )
  return new Map(
    [...names].flatMap((name): [string, number][] => {
      const limit = read(given, 'limits', name) ?? defaults.limits[name]
      const request =
        read(given, 'requests', name) ?? read(given, 'limits', name) ?? defaults.requests[name] ?? limit
      return [...amount(`requests.${name}`, request), ...amount(`limits.${name}`, limit)]
    }),
  )
}

function amount(name: string, quantity: unknown): [string, number][] {
  const value = quantity === undefined ? undefined : parseQuantity(quantity)
  return value === undefined ? [] : [[name, value]]
}
