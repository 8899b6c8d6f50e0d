import type { ApiCatalogue } from '@opencore/contract'
import { cached } from '@opencore/toolchain'
import { keyEnvironment, type VerifiedEnvironment } from './environment-key.ts'
import { verifyEnvironment, type EnvironmentResult } from './verify-environment.ts'
import type { VerifyOptions } from './verify-options.ts'

/**
 * Verify an environment, unless an earlier run found nothing in the very same one. Findings are never kept: they say
 * where something stands, and that may have moved.
 */
export async function verifyUnlessKnown(
  root: string,
  environment: VerifiedEnvironment,
  options: VerifyOptions,
  report: (line: string) => void,
): Promise<EnvironmentResult> {
  const { catalogue, code, judge, tools } = options
  const verify = () => verifyEnvironment(root, environment, options, report)
  if (code === undefined) return verify()
  const judges = [code, process.version, judge.key, tools.renderer, describeKinds(catalogue)]
  const key = await keyEnvironment(root, environment, judges)
  const result = await cached(key, verify, ({ findings }) => findings.length === 0)
  if (!result.cached) return result.value
  const { controls, counts } = result.value
  const { asked, cached: known } = counts.judged
  return { findings: [], controls, counts: { ...counts, judged: { asked: 0, cached: asked + known } } }
}

/** What is read of the catalogue beside its definitions, which the judge's key covers. */
function describeKinds({ kinds, skipped }: ApiCatalogue): string {
  return JSON.stringify([Object.entries(kinds).map(([kind, { namespaced }]) => [kind, namespaced]), skipped])
}
