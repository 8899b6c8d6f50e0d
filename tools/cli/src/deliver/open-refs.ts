import type { Finding } from '@opencore/contract'
import { execaGit, isAncestor, resolveRevision, runGit, type Repository } from '@opencore/delivery'
import { exitCode, Refusal } from '../output/refusal.ts'

/** A ref that moves: from where it was seen, to a commit on top of it. */
export interface RefMove {
  ref: string
  before: string | undefined
  after: string
}

/** The refs `env/*` and `hub/*` of a checkout: those of its `origin` where it has one, else its own branches. */
export interface Refs {
  repository: Repository
  /** The commit that a ref points to now. Refuses where origin cannot be asked, and, of a write, where the ref was rewound. */
  look: (ref: string) => Promise<string | undefined>
  /** Move refs, all or none; refuses where one is not where it was seen any more (REF_MOVED, REF_REFUSED). */
  move: (moves: readonly RefMove[]) => Promise<void>
}

/** Where the head of each ref of origin is remembered that was seen last: no branch, so that nobody has it checked out. */
const seen = (ref: string) => `refs/opencore/seen/${ref}`

/** Where it is now, so that its objects are here. */
const fetchedTo = (ref: string) => `refs/opencore/now/${ref}`

/**
 * What becomes of a ref that was rewound. A write refuses it once: whoever runs it again has been told. A trial refuses it as
 * the write would, and a read tells it and goes on; neither changes what the write will refuse.
 */
export type OnRewound = 'write' | 'try' | ((words: string) => void)

/** Open the repository that a checkout belongs to. Neither its index nor its working tree nor its branches are touched. */
export async function openRefs(root: string, onRewound: OnRewound): Promise<Refs> {
  const git = (...args: string[]) => execaGit('git', args, { cwd: root, reject: false, env: { LC_ALL: 'C' } })
  const { stdout: folder } = await git('rev-parse', '--path-format=absolute', '--git-common-dir')
  const repository = { folder }
  const hasOrigin = (await git('remote', 'get-url', 'origin')).exitCode === 0
  return lookOnce(hasOrigin ? openOrigin(repository, git, onRewound) : openOwnRefs(repository))
}

/** A command looks at each ref once: what it builds on is what it saw, and nobody is asked again. */
function lookOnce(refs: Refs): Refs {
  const heads = new Map<string, Promise<string | undefined>>()
  const look = (ref: string) => {
    const head = heads.get(ref) ?? refs.look(ref)
    heads.set(ref, head)
    return head
  }
  return { ...refs, look }
}

type Git = (...args: string[]) => Promise<{ exitCode?: number; stdout: string; stderr: string }>

function openOrigin(repository: Repository, git: Git, onRewound: OnRewound): Refs {
  return {
    repository,
    look: async (ref) => {
      const listed = await git('ls-remote', '--exit-code', 'origin', `refs/heads/${ref}`)
      if (listed.exitCode === 2) return undefined
      if (listed.exitCode !== 0) throw new Refusal([unreachable(ref, listed.stderr)])
      // Before it is fetched: whoever pushes meanwhile goes on from there.
      const before = await resolveRevision(repository, seen(ref))
      const target = fetchedTo(ref)
      const fetched = await git('fetch', '--quiet', '--no-tags', 'origin', `+refs/heads/${ref}:${target}`)
      if (fetched.exitCode !== 0) throw new Refusal([unreachable(ref, fetched.stderr)])
      const now = await resolveRevision(repository, target)
      if (now === undefined) return now
      const isRewound = before !== undefined && !(await isAncestor(repository, before, now))
      // Another run that has seen more meanwhile knows better.
      if (!isRewound || onRewound === 'write')
        await git('update-ref', seen(ref), now, before ?? '0'.repeat(now.length))
      if (!isRewound) return now
      const finding = rewound(ref, before, now, onRewound === 'write')
      if (typeof onRewound === 'string') throw new Refusal([finding], exitCode.findings)
      onRewound(`${ref}: ${finding.found}: somebody took change sets away; ${finding.next}`)
      return now
    },
    move: async (moves) => {
      const leases = moves.map(({ ref, before = '' }) => `--force-with-lease=refs/heads/${ref}:${before}`)
      const specs = moves.map(({ ref, after }) => `${after}:refs/heads/${ref}`)
      const pushed = await git('push', '--quiet', '--atomic', ...leases, 'origin', ...specs)
      if (pushed.exitCode !== 0) {
        const isStale = /stale info|fetch first|non-fast-forward|cannot lock ref/.test(pushed.stderr)
        const findings = moves.map(({ ref }) => notMoved(ref, pushed.stderr, isStale))
        throw new Refusal(findings, isStale ? exitCode.busy : exitCode.badInput)
      }
      for (const { ref, after } of moves) await runGit(repository, ['update-ref', seen(ref), after])
    },
  }
}

/** The refs of a repository that are its branches. */
export function openOwnRefs(repository: Repository): Refs {
  return {
    repository,
    look: (ref) => resolveRevision(repository, `refs/heads/${ref}`),
    move: async (moves) => {
      const lines = moves.map(
        ({ ref, before, after }) =>
          `update refs/heads/${ref}\0${after}\0${before ?? '0'.repeat(after.length)}\0`,
      )
      try {
        await runGit(repository, ['update-ref', '-z', '--stdin'], lines.join(''))
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error)
        throw new Refusal(
          moves.map(({ ref }) => notMoved(ref, words, true)),
          exitCode.busy,
        )
      }
    },
  }
}

const unreachable = (ref: string, words: string): Finding => ({
  code: 'ORIGIN_UNREACHABLE',
  severity: 'error',
  at: { file: ref },
  found: `git cannot ask origin: ${words.trim()}`,
  wanted: 'the ref as origin has it',
  next: 'repair what git says, and run it again',
})

const rewound = (ref: string, before: string, now: string, isTold: boolean): Finding => ({
  code: 'REF_REWOUND',
  severity: 'error',
  at: { file: ref },
  found: `the ref was at ${before.slice(0, 12)}, and is at ${now.slice(0, 12)}, which does not follow it`,
  wanted: 'a ref that only goes forward: somebody took change sets away',
  next: `find out who (git log ${now.slice(0, 12)}..${before.slice(0, 12)} is what is missing); ${isTold ? 'what is there counts from the next run on' : 'what writes refuses it once, and counts what is there from then on'}`,
})

const notMoved = (ref: string, words: string, isStale: boolean): Finding => ({
  code: isStale ? 'REF_MOVED' : 'REF_REFUSED',
  severity: 'error',
  at: { file: ref },
  found: isStale ? 'somebody else moved a ref in the meantime' : `origin refuses the push: ${words.trim()}`,
  wanted: 'a fast-forward of what was there; nothing was changed, here or there',
  next: isStale
    ? 'run it again: it looks at what is there now'
    : 'ask for the right to push there; without names, and for a release that is new, promote also moves the hub’s ref',
})
