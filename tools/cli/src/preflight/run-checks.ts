import type { KubernetesClient } from '@opencore/cluster'
import type { Answers, Check } from './check.ts'
import { readAnswers } from './read-answers.ts'
import type { Row } from './row.ts'

/** Read what all checks ask for, then let each say its rows. */
export async function runChecks<Wanted>(
  client: KubernetesClient,
  checks: readonly Check<Wanted>[],
  wanted: Wanted,
): Promise<{ rows: Row[]; answers: Answers }> {
  const answers = await readAnswers(
    client,
    checks.flatMap((check) => check.reads(wanted)),
  )
  return { rows: checks.flatMap((check) => check.rows(wanted, answers)), answers }
}
