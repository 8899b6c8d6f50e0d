import type { DeliveredEnvironment } from '@opencore/delivery'
import type { Report } from '../output/run-steps.ts'
import { sayPlainly } from '../output/say-plainly.ts'

/** What goes, and no diff shows: no release has it. */
export function tellStrangers(
  ref: string,
  { strangers }: Pick<DeliveredEnvironment, 'strangers'>,
  report: Report,
): void {
  for (const path of strangers) report(`${ref}:${sayPlainly(path)}: no promotion wrote it, and it goes`)
}
