import type { Application } from './application.ts'

/** Argo CD's own words about what is wrong with an Application, one reason a line; empty when it has none. */
export function describeTrouble(application: Application): string[] {
  const { status } = application
  const operation = status?.operationState
  const unhealthy = status?.resources?.filter(({ health }) => isBad(health?.status)) ?? []
  const lines = [
    ...(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
    ...(operation?.phase === 'Succeeded' || operation?.message === undefined ? [] : [operation.message]),
    ...describeRefused(application),
    ...unhealthy.map(
      ({ kind, name, health }) => `${kind} ${name} is ${health?.status ?? ''}${suffix(health?.message)}`,
    ),
    ...(status?.health?.message === undefined ? [] : [status.health.message]),
  ]
  return [...new Set(lines)]
}

/** What the API server refused in the last attempt, an object a line, in its words. */
export const describeRefused = ({ status }: Pick<Application, 'status'>): string[] =>
  listRefused(status?.operationState).map(
    ({ kind, name, message }) => `${kind} ${name}: ${message ?? 'sync failed'}`,
  )

/** Whether the API server refused objects in the last attempt. */
export const hasRefusals = ({ status }: Application) => listRefused(status?.operationState).length > 0

const listRefused = (operation: NonNullable<Application['status']>['operationState']) =>
  operation?.syncResult?.resources?.filter(({ status }) => status === 'SyncFailed') ?? []

const isBad = (health: string | undefined) =>
  health !== undefined && health !== 'Healthy' && health !== 'Suspended'
const suffix = (message: string | undefined) => (message === undefined ? '' : `: ${message}`)
