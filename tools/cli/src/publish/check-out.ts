import type { Finding } from '@opencore/contract'
import { basename } from 'node:path'
import { Refusal } from '../output/refusal.ts'
import { digestPackage } from '../package/digest-package.ts'
import { askPublisher } from './ask-publisher.ts'
import type { ChartPackage } from './chart-package.ts'
import { compareBills } from './compare-bills.ts'
import { keyringUnreadable } from './read-key.ts'
import { provenanceBad, provenanceMissing } from './provenance-out.ts'
import { billDiffers, versionOut } from './version-out.ts'

/** A version of a chart as it is out. */
export interface OutVersion {
  /** What would be published under this version today. */
  ours: ChartPackage
  archive: Buffer
  /** Empty where there is none. */
  provenance: string
  bills: readonly string[]
  /** Where each is, for messages. */
  at: { provenance: string; bill: string }
}

/** Whose signatures count. */
export interface Keyring {
  /** Absolute path of the program that verifies. */
  publisher: string
  /** Keys as gpg exports them; the one that signs today is the first. */
  keys: readonly Buffer[]
}

/**
 * What keeps versions that are out from counting as ours: other content (VERSION_OUT); no provenance of one of the keys about
 * these very bytes, which whoever may push could leave out or make by a key of their own (PROVENANCE_MISSING,
 * PROVENANCE_BAD); a bill of materials about something else (BILL_DIFFERS).
 * @param destination for messages
 */
export async function checkOut(
  versions: readonly OutVersion[],
  destination: string,
  keyring: Keyring,
): Promise<Finding[]> {
  const others = versions.flatMap(({ ours, archive }) => {
    const held = digestPackage(archive)
    return held === ours.content ? [] : [versionOut(ours, destination, held)]
  })
  if (others.length > 0) return others
  const signed = versions.filter(({ provenance }) => provenance !== '')
  const bad = await findBad(signed, keyring)
  return versions.flatMap((one): Finding[] => [
    ...(one.provenance === '' ? [provenanceMissing(one.ours, one.at.provenance)] : (bad.get(one) ?? [])),
    ...one.bills.flatMap((bill) => {
      const says = compareBills(bill, one.ours.bill)
      return says === undefined ? [] : [billDiffers(one.ours, one.at.bill, says)]
    }),
  ])
}

async function findBad(
  versions: readonly OutVersion[],
  { publisher, keys }: Keyring,
): Promise<Map<OutVersion, Finding[]>> {
  if (versions.length === 0) return new Map()
  const answer = await askPublisher(publisher, 'verify', {
    keys: keys.map((key) => key.toString('base64')),
    packages: versions.map(({ ours, archive, provenance }) => ({
      name: basename(ours.archive),
      package: archive.toString('base64'),
      provenance: Buffer.from(provenance).toString('base64'),
    })),
  })
  if ('refusal' in answer) throw new Refusal([keyringUnreadable('--keyring', answer.refusal.detail)])
  return new Map(
    versions.map((one, index) => {
      const trouble = answer.verified[index]
      return [one, trouble?.code === undefined ? [] : [provenanceBad(one.ours, one.at.provenance, trouble)]]
    }),
  )
}
