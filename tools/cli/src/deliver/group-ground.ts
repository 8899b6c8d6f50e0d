import type { ChangeGroup, HandledEnvironment } from '@opencore/delivery'
import { groupAlike } from '@opencore/delivery'
import { CODE_OWNERS_FILE } from '@opencore/plan'

interface Ground {
  environment: string
  /** As it is on the ref. */
  there: Pick<HandledEnvironment, 'lost' | 'strangers' | 'areOwnersByHand'> & { owners?: string }
  /** Whether Argo CD takes the head: on another one, no release alone is put right. */
  isTaken: boolean
  /** Whether it is a ref of the embedded platform. */
  isEmbedded?: boolean
  /** Releases; all where there are none. */
  names: readonly string[]
  /** Those that the sources have. */
  known: readonly string[]
  /** Who approves, by the sources; nothing where that is not compared. */
  owners?: string | undefined
}

/** What repairs what somebody changed by hand on the head of a ref. */
function repairOf(
  environment: string,
  { isTaken, isEmbedded = false }: Pick<Ground, 'isTaken' | 'isEmbedded'>,
  release?: string,
): string {
  if (isEmbedded) return `to put it right: opencore up -e ${environment}`
  return isTaken
    ? `to put it right: opencore promote ${environment}${release === undefined ? '' : ` ${release}`}`
    : `to put it right: opencore rollback ${environment}, as a whole`
}

/** What repairs each release of an environment; one that the sources do not have goes with a promotion of everything. */
export const repairsOf = (
  { definition, releases }: { definition: { name: string }; releases: readonly { name: string }[] },
  isTaken: boolean,
  isEmbedded = false,
) => {
  const means = { isTaken, isEmbedded }
  const known = new Set(releases.map(({ name }) => name))
  return (release: string) => {
    if (known.has(release)) return { repair: repairOf(definition.name, means, release) }
    return { repair: `the sources have none of that name; ${repairOf(definition.name, means)}` }
  }
}

/**
 * What is otherwise on a ref than commands left it, or than the sources have it, and is no object of a release: folders that
 * somebody deleted, files of nobody, and who approves.
 */
export function groupGround(ground: Ground): ChangeGroup[] {
  const { environment, there, names, known, owners } = ground
  const drift = { risk: 'drift' as const, action: 'changed' as const }
  const isNamed = (name: string) => known.includes(name) && (names.length === 0 || names.includes(name))
  const lost = there.lost.filter(isNamed).map((name) => ({
    ...drift,
    kind: 'release',
    name,
    message: `somebody deleted its folder by hand; who: opencore history ${environment} ${name}; ${repairOf(environment, ground, name)}`,
  }))
  const strangers = there.strangers.map((name) => ({
    ...drift,
    kind: 'file',
    name,
    message: `no promotion wrote it; ${repairOf(environment, ground)}`,
  }))
  const changes = owners === undefined ? '' : listLines(there.owners, owners)
  const approvers = describeOwners(ground, changes)
  return groupAlike([...lost, ...strangers, ...approvers])
}

function describeOwners(ground: Ground, changes: string) {
  const file = { kind: 'file', action: 'changed' as const, name: CODE_OWNERS_FILE }
  const what = changes === '' ? '' : `; it becomes: ${changes}`
  if (ground.there.areOwnersByHand) {
    const message = `somebody changed by hand who approves; ${repairOf(ground.environment, ground)}${what}`
    return [{ ...file, risk: 'drift' as const, message }]
  }
  if (changes === '') return []
  const message = `who approves changes: ${changes}`
  return [{ ...file, risk: 'access' as const, message }]
}

/** Lines that are said one by one. */
const SAID = 4

/** Lines that come and go; nothing of a ref that has none yet: it is new as a whole. */
function listLines(before: string | undefined, after: string): string {
  if (before === undefined || before === after) return ''
  const [old, now] = [before, after].map((text) => text.split('\n').filter((line) => line.trim() !== ''))
  const lines = [
    ...(now ?? []).filter((line) => !old?.includes(line)).map((line) => `+ ${line}`),
    ...(old ?? []).filter((line) => !now?.includes(line)).map((line) => `- ${line}`),
  ]
  const more = lines.length > SAID ? ` and ${lines.length - SAID} more` : ''
  return lines.length === 0 ? 'other order' : `${lines.slice(0, SAID).join(', ')}${more}`
}
