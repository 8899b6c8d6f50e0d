import type { Application } from './application.ts'

/** argo-cd v3.6.1, util/app/path/path.go. */
const NO_FOLDER = 'app path does not exist'

/**
 * What brings a release that its hub lists and whose folder is not on its environment's ref yet. Argo CD has nothing to
 * compare then and calls the Application Healthy, since it has no object that is not.
 */
export function findUnpromoted({ spec: { source }, status }: Application): string | undefined {
  if (!status?.conditions?.some(({ message }) => message.endsWith(`${source.path}: ${NO_FOLDER}`)))
    return undefined
  const [, environment] = /^(?:refs\/heads\/)?env\/(.+)$/.exec(source.targetRevision) ?? []
  return environment === undefined ? undefined : `opencore promote ${environment} ${source.path}`
}
