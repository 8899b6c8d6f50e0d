import type { Finding } from '@opencore/contract'
import {
  checkSigner,
  findForeign,
  findSigned,
  isAncestor,
  readHistory,
  RELEASE_FILES,
  resolveNamed,
  type SignerTrouble,
  type Taken,
} from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import { sayPlainly } from '../output/say-plainly.ts'
import { nameOnRef } from './name-on-ref.ts'
import type { Refs } from './open-refs.ts'

interface Wanted {
  head: string
  release: string | undefined
  /** What a person named. */
  to: string | undefined
  /** Which signatures are good enough. */
  accepts: Taken
}

/**
 * The commit of an environment's ref to go back to: the one before the last change set, or what was named. What Argo CD never
 * took does not come back: of the former, the newest before it that was taken. Refuses with NOTHING_TO_ROLL_BACK where there
 * is none, with ROLLBACK_TARGET what is no commit of the ref, and with ROLLBACK_UNSIGNED what none of the tier's keys signed.
 */
export async function findTarget(
  { repository }: Refs,
  { definition, tier }: PlatformEnvironment,
  { head, release, to, accepts }: Wanted,
): Promise<string> {
  const ref = environmentRef(definition.name)
  const keys = tier.delivery.signingKeys ?? []
  const wanted = to === undefined ? await findBefore({ repository }, head, release) : nameOnRef(ref, head, to)
  const commit = wanted && (await resolveNamed(repository, wanted))
  if (commit === undefined || commit === '') {
    if (to !== undefined) throw new Refusal([unknown(ref, to)])
    throw new Refusal([nothingBefore(definition.name, release)], exitCode.findings)
  }
  if (!(await isAncestor(repository, commit, head))) throw new Refusal([unknown(ref, to ?? commit)])
  const of = keys.length === 0 ? undefined : await findForeign(repository, ref, commit)
  if (of !== undefined) throw new Refusal([foreign(ref, commit, of)], exitCode.findings)
  const trouble = await checkSigner(repository, commit, keys)
  if (accepts(trouble)) return commit
  const taken = to === undefined ? await findSigned(repository, commit, keys, accepts) : undefined
  if (taken !== undefined) return taken
  throw new Refusal([unsigned(definition.name, commit, trouble, release)], exitCode.findings)
}

/** The commit before the last change set that changed what the cluster gets. */
async function findBefore(
  { repository }: Pick<Refs, 'repository'>,
  head: string,
  release?: string,
): Promise<string | undefined> {
  const path = release === undefined ? '.' : `${release}/${RELEASE_FILES.manifests}`
  const which = { limit: 1, release: path }
  let [last] = await readHistory(repository, head, which)
  // What a rollback brought back came from an earlier change set: twice goes further back, not forth again.
  for (let steps = 0; last?.asOf !== undefined && steps < MOST_STEPS; steps += 1)
    [last] = await readHistory(repository, last.asOf, which)
  return last && `${last.commit}^`
}

/** Whoever may push may write a trailer that leads in a circle. */
const MOST_STEPS = 100

const nothingBefore = (environment: string, release = ''): Finding => ({
  code: 'NOTHING_TO_ROLL_BACK',
  severity: 'error',
  at: { file: environmentRef(environment) },
  found: `no change set of ${release || 'any release'} that has another before it`,
  wanted: 'an earlier state',
  next: `opencore history ${`${environment} ${release}`.trimEnd()} lists the change sets`,
})

const unknown = (ref: string, to: string): Finding => ({
  code: 'ROLLBACK_TARGET',
  severity: 'error',
  at: { file: ref },
  found: `${to} is no commit of this ref`,
  wanted: 'a commit of the environment’s own history',
  next: `opencore history ${ref.replace(/^env\//, '')} lists them`,
})

const foreign = (ref: string, commit: string, of: string): Finding => ({
  code: 'REF_FOREIGN',
  severity: 'error',
  at: { file: ref },
  found: `commit ${commit.slice(0, 12)}, to go back to, was made for ${sayPlainly(of)}`,
  wanted: `a state that was made for ${ref}`,
  next: `another one: opencore history ${ref.replace(/^env\//, '')}; --to`,
})

const unsigned = (
  environment: string,
  commit: string,
  trouble: SignerTrouble | undefined,
  release = '',
): Finding => ({
  code: 'ROLLBACK_UNSIGNED',
  severity: 'error',
  at: { file: environmentRef(environment) },
  found: `commit ${commit.slice(0, 12)}, to go back to, ${trouble?.words ?? ''}`,
  wanted: 'a state that one of the tier’s keys signed',
  next: `another one (opencore history ${environment}; --to); or what its sources had, as a newer commit: git revert on main what came since, merge that, then opencore promote ${`${environment} ${release}`.trimEnd()}`,
})
