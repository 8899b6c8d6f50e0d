import { checkSigner, isAncestor, runGit, type Repository } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, hubRef } from '@opencore/plan'
import type { Refs } from './open-refs.ts'

/** Whose refs are looked at. */
export interface Whose {
  environments: readonly PlatformEnvironment[]
  environment: PlatformEnvironment
}

/** A commit that a ref was seen at. */
interface Sight {
  ref: string
  commit: string
}

export interface Surroundings {
  /** Where the others are: whoever commits now says so. */
  saw: Sight[]
  /** Where the ref was once, by the word of another, and what it has now does not follow. */
  rewound?: { by: string; commit: string }
}

/**
 * What the refs on which the same keys sign say of each other: each commit there names where the others were. So a ref that
 * is put back to an earlier commit, which is signed as well as any, is known in every checkout, and not only in one that was
 * there before. Where nobody signs, anybody could say anything, and nothing is asked.
 */
export async function lookAround(
  refs: Refs,
  whose: Whose,
  { ref, head }: { ref: string; head: string | undefined },
): Promise<Surroundings> {
  const keys = whose.environment.tier.delivery.signingKeys ?? []
  if (keys.length === 0) return { saw: [] }
  const heads = new Map<string, string | undefined>()
  for (const one of listFamily(whose)) heads.set(one, one === ref ? head : await refs.look(one))
  const lost: (Sight & { by: string })[] = []
  for (const [by, commit] of heads) {
    if (commit === undefined || (await checkSigner(refs.repository, commit, keys))) continue
    for (const sight of await readSights(refs.repository, commit))
      if (heads.has(sight.ref) && !(await follows(refs.repository, heads.get(sight.ref), sight.commit)))
        lost.push({ by, ...sight })
  }
  const rewound = lost.find((one) => one.ref === ref)
  // What is missing is said on, until its own ref says that it knows.
  const saw = [...heads].flatMap(([one, commit]) => {
    const at = lost.find((sight) => sight.ref === one)?.commit ?? commit
    return one === ref || at === undefined ? [] : [{ ref: one, commit: at }]
  })
  return { saw, ...(rewound && { rewound: { by: rewound.by, commit: rewound.commit } }) }
}

/** Lines of a commit's message, by which others know. */
export const sayAround = ({ saw, rewound }: Surroundings): string[] => [
  ...saw.map(({ ref, commit }) => `Saw: ${ref} ${commit}`),
  ...(rewound ? [`Rewound: ${rewound.commit}`] : []),
]

function listFamily({ environments, environment }: Whose): Set<string> {
  const same = environments.filter(({ tier }) => tier.name === environment.tier.name)
  return new Set(same.flatMap((one) => [environmentRef(one.definition.name), hubRef(one)]))
}

async function readSights(repository: Repository, commit: string): Promise<Sight[]> {
  const lines = await readTrailers(repository, 'Saw', commit, 1)
  return lines.flatMap((line) => {
    const [, ref, seen] = /^(\S+) ([0-9a-f]{40,64})$/.exec(line) ?? []
    return ref === undefined || seen === undefined ? [] : [{ ref, commit: seen }]
  })
}

/** Whether a head has a commit below it, or says that it knows of its loss. */
async function follows(repository: Repository, head: string | undefined, commit: string): Promise<boolean> {
  if (head === undefined) return false
  if (await isAncestor(repository, commit, head)) return true
  return (await readTrailers(repository, 'Rewound', head, FURTHEST)).includes(commit)
}

async function readTrailers(
  repository: Repository,
  key: string,
  commit: string,
  count: number,
): Promise<string[]> {
  const args = ['log', '--first-parent', '--no-show-signature', `--max-count=${count}`]
  const format = `--format=%(trailers:key=${key},valueonly)`
  const text = await runGit(repository, [...args, format, commit])
  return text.split('\n').filter(Boolean)
}

/** So many change sets are asked whether they know of a loss. */
const FURTHEST = 200
