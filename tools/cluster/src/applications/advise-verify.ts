import type { Application } from './application.ts'

/** What to do about an Application that is refused what it needs: `verify` knows before a push what does not fit. */
export function adviseVerify(application: Application | undefined): string | undefined {
  const environment = application?.metadata.labels?.['opencore.dev/environment']
  if (environment === undefined) return undefined
  return `opencore verify -e ${environment}, which names all that does not fit; mend it, then opencore generate && opencore up -e ${environment}`
}
