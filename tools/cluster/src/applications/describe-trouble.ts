import type { Application } from './application.ts'

/** Argo CD's own words about what is wrong with an Application, one reason a line; empty when it has none. */
export function describeTrouble({ status }: Application): string[] {
  const operation = status?.operationState
  const failed =
    operation?.syncResult?.resources?.filter(({ status: result }) => result === 'SyncFailed') ?? []
  const unhealthy = status?.resources?.filter(({ health }) => isBad(health?.status)) ?? []
  const lines = [
    ...(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
    ...(operation?.phase === 'Succeeded' || operation?.message === undefined ? [] : [operation.message]),
    ...failed.map(({ kind, name, message }) => `${kind} ${name}: ${message ?? 'sync failed'}`),
    ...unhealthy.map(
      ({ kind, name, health }) => `${kind} ${name} is ${health?.status ?? ''}${suffix(health?.message)}`,
    ),
    ...(status?.health?.message === undefined ? [] : [status.health.message]),
  ]
  return [...new Set(lines)]
}

const isBad = (health: string | undefined) =>
  health !== undefined && health !== 'Healthy' && health !== 'Suspended'
const suffix = (message: string | undefined) => (message === undefined ? '' : `: ${message}`)
