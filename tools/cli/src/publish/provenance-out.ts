import type { Finding } from '@opencore/contract'
import type { ProvenanceTrouble } from './ask-publisher.ts'
import type { ChartPackage } from './chart-package.ts'

/** Nobody can verify it who installs it. */
export const provenanceMissing = ({ chart }: ChartPackage, file: string): Finding => ({
  code: 'PROVENANCE_MISSING',
  severity: 'error',
  at: { file },
  found: `${chart.name} ${chart.version} is out without its provenance`,
  wanted: WANTED,
  next: anew(chart.folder),
})

/** Whoever may push can make one, too, with a key of their own. */
export const provenanceBad = (
  { chart }: ChartPackage,
  file: string,
  { code, detail }: ProvenanceTrouble,
): Finding => ({
  code: 'PROVENANCE_BAD',
  severity: 'error',
  at: { file },
  found: `the provenance of ${chart.name} ${chart.version} ${detail ?? ''}`,
  wanted: WANTED,
  next: `${earlier[code ?? ''] ?? ''}${anew(chart.folder)}`,
})

const WANTED =
  'one that the key after --key, or one in --keyring, made about these very bytes: helm install --verify takes no other'

const anew = (folder: string) =>
  `find out who put it there; then raise \`version\` in ${folder}/Chart.yaml, and: opencore package`

/** By the publisher's code: what helps where the key was the platform's. */
const earlier: Readonly<Record<string, string>> = {
  OTHER_KEY:
    'where that key signed for the platform before: gpg --export KEY > charts.pub, then: opencore publish ... --keyring charts.pub; else ',
  KEY_EXPIRED:
    'where that key is still the platform’s: gpg --quick-set-expire KEY 1y, export it again and name it by --keyring; else ',
}
