import type { Finding } from './finding.ts'

/** Either a value, or every reason why there is none. Bad input is data, not an exception. */
export type Result<T> = { ok: true; value: T } | { ok: false; findings: Finding[] }

export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failure(findings: Finding[]): Result<never> {
  return { ok: false, findings }
}

/** All values, or the findings of all failures together. */
export function collect<T>(results: readonly Result<T>[]): Result<T[]> {
  const findings = results.flatMap((result) => (result.ok ? [] : result.findings))
  if (findings.length > 0) return failure(findings)
  return success(results.flatMap((result) => (result.ok ? [result.value] : [])))
}
