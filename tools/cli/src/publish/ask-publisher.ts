import { execa } from 'execa'

/** Why the publisher has nothing to give: what a person can mend. */
export interface PublisherRefusal {
  code: string
  detail: string
  method?: string
  url?: string
  status?: number
}

/** What a registry has under a version; no digest where it has nothing. */
export interface RegistryVersion {
  digest?: string
  /** The archive, in base64. */
  package?: string
  provenance?: string
  /** Every bill of materials beside it. */
  bills?: string[]
}

/** What is wrong with the provenance of a package; nothing where there is no code. */
export interface ProvenanceTrouble {
  code?: string
  detail?: string
}

export interface Signatures {
  by: string
  fingerprint: string
  /** By path of the archive. */
  provenance: Record<string, string>
}

interface Answers {
  sign: { signed: Signatures }
  verify: { verified: ProvenanceTrouble[] }
  look: { version: RegistryVersion }
  push: { version: RegistryVersion }
  attach: { version: RegistryVersion }
}

/** Ask Helm's and oras' own code: the program at the path `publisher`. Secrets are in the request, on its standard input, and so in no list of processes. */
export async function askPublisher<Command extends keyof Answers>(
  publisher: string,
  command: Command,
  request: object,
): Promise<Answers[Command] | { refusal: PublisherRefusal }> {
  const { stdout } = await execa(publisher, [command], { input: JSON.stringify(request) })
  return JSON.parse(stdout) as Answers[Command] | { refusal: PublisherRefusal }
}
