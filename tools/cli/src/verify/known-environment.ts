import type { ApiCatalogue } from '@opencore/contract'
import { cached } from '@opencore/toolchain'
import { rules, today } from '@opencore/verify'
import { digestText } from '../files/written-record.ts'
import { keyEnvironment, type VerifiedEnvironment } from './environment-key.ts'
import { verifyEnvironment, type EnvironmentResult } from './verify-environment.ts'
import type { VerifyOptions } from './verify-options.ts'

/**
 * Verify an environment, unless an earlier run did so in the very same one and found nothing, or found today what stands
 * in a generated file alone. Other findings are never kept: they say where something stands in a layer, and that may have
 * moved. What a waiver or a step until a day comes to depends on the day.
 */
export async function verifyUnlessKnown(
  root: string,
  environment: VerifiedEnvironment,
  options: VerifyOptions,
  report: (line: string) => void,
): Promise<EnvironmentResult> {
  const { catalogue, code, judge, tools } = options
  const { name } = environment.environment.definition
  const run = { isFresh: false }
  const verify = () => {
    run.isFresh = true
    report(`${name}: rendering, judging, checking ${rules.length} rules`)
    return verifyEnvironment(root, environment, options, report)
  }
  if (code === undefined) return verify()
  const judges = [code, process.version, judge.key, tools.renderer, describeKinds(catalogue)]
  const key = await keyEnvironment(root, environment, judges)
  const ofToday = async () => (await cached(digestText(key + today()), verify, hasStandingWarnings)).value
  const { value } = await cached(key, ofToday, ({ findings }) => findings.length === 0)
  if (run.isFresh) return value
  const { findings, controls, counts } = value
  const { judged, cases } = counts
  report(`${name}: nothing has changed since it was verified`)
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
  findings.length > 0 &&
  findings.every(
    ({ at, severity }) => severity === 'warning' && at.line === undefined && at.file.startsWith('argocd/'),
  )

/** What is read of the catalogue beside its definitions, which the judge's key covers. */
function describeKinds({ kinds, skipped }: ApiCatalogue): string {
  return JSON.stringify([Object.entries(kinds).map(([kind, { namespaced }]) => [kind, namespaced]), skipped])
}
