import { Refusal } from '../output/refusal.ts'
import { askPublisher, type PublisherRefusal, type Signatures } from './ask-publisher.ts'
import { KEY_VARIABLE, PASSPHRASE_VARIABLE, type SigningKey } from './read-key.ts'

/**
 * The provenance of each archive, as `helm package --sign` makes it. Refuses a key that is none, is not secret, was
 * revoked, is past its time, or that the passphrase does not open. `file` is where the key is from, for messages;
 * `publisher` the path of the program.
 */
export async function signPackages(
  archives: readonly string[],
  { key, passphrase }: SigningKey,
  file: string | undefined,
  publisher: string,
): Promise<Signatures> {
  const request = { key: key.toString('base64'), passphrase, packages: archives }
  const answer = await askPublisher(publisher, 'sign', request)
  if ('signed' in answer) return answer.signed
  throw new Refusal([describe(answer.refusal, file ?? KEY_VARIABLE)])
}

/** By the publisher's code: what to do. */
const remedies: Readonly<Record<string, string>> = {
  KEY_UNREADABLE: 'gpg --export-secret-keys --armor NAME > charts.key',
  KEY_NOT_SECRET: 'export one secret key: gpg --export-secret-keys --armor NAME > charts.key',
  KEY_REVOKED: 'sign with another key, and tell those who verify',
  KEY_EXPIRED: 'give it more time (gpg --quick-set-expire) and export it again, or sign with another key',
  KEY_LOCKED: `put its passphrase into ${PASSPHRASE_VARIABLE}`,
  KEY_SIGNS_NOTHING: 'take a key whose primary key may sign (gpg says [SC])',
}

const describe = ({ code, detail }: PublisherRefusal, file: string) => ({
  code,
  severity: 'error' as const,
  at: { file },
  found: detail,
  wanted: 'one secret key that signs today',
  next: remedies[code] ?? 'take another key',
})
