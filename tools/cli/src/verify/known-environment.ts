import type { ApiCatalogue } from '@opencore/contract'
import { keep, recall } from '@opencore/toolchain'
import { today } from '@opencore/verify'
import { digestText } from '../files/written-record.ts'
import { keyEnvironment, type VerifiedEnvironment } from './environment-key.ts'
import type { EnvironmentResult } from './verify-environment.ts'
import type { VerifyOptions } from './verify-options.ts'

/** An environment, and what an earlier run found in the very same one. */
export interface RecalledEnvironment extends VerifiedEnvironment {
  known: EnvironmentResult | undefined
  /** Keep what was found now for later runs. */
  keep: (found: EnvironmentResult) => void
}

/**
 * What an earlier run found in the very same environment: nothing, or today what stands in a generated file alone. Other
 * findings are never kept: they say where something stands in a layer, and that may have moved. What a waiver or a step
 * until a day comes to depends on the day.
 */
export async function recallEnvironment(
  root: string,
  environment: VerifiedEnvironment,
  { catalogue, code, judge, tools }: VerifyOptions,
): Promise<RecalledEnvironment> {
  if (code === undefined) return { ...environment, known: undefined, keep: () => undefined }
  const judges = [code, process.version, judge.key, tools.renderer, describeKinds(catalogue)]
  const always = await keyEnvironment(root, environment, judges)
  const todays = digestText(always + today())
  const kept = recall(always) ?? recall(todays)
  return {
    ...environment,
    known: kept && describeKnown(kept.value as EnvironmentResult),
    keep: (found) => {
      if (found.findings.length === 0) keep(always, found)
      else if (hasStandingWarnings(found)) keep(todays, found)
    },
  }
}

/** The same, with nothing that had to be asked again. */
function describeKnown({ findings, controls, counts }: EnvironmentResult): EnvironmentResult {
  const { judged, cases } = counts
  return {
    findings,
    controls,
    counts: {
      ...counts,
      judged: { asked: 0, cached: judged.asked + judged.cached },
      cases: { ...cases, cached: cases.passed + cases.failed },
    },
  }
}

/** Warnings, and each of a generated file as a whole, whose text the key covers. */
const hasStandingWarnings = ({ findings }: EnvironmentResult) =>
  findings.every(
    ({ at, severity }) => severity === 'warning' && at.line === undefined && at.file.startsWith('argocd/'),
  )

/** What is read of the catalogue beside its definitions, which the judge's key covers. */
function describeKinds({ kinds, skipped }: ApiCatalogue): string {
  return JSON.stringify([Object.entries(kinds).map(([kind, { namespaced }]) => [kind, namespaced]), skipped])
}
