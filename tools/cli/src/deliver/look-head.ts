import type { Finding } from '@opencore/contract'
import { checkSigner, findForeign, refTrailer, type SignerTrouble } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import type { Report } from '../output/run-steps.ts'
import { sayPlainly } from '../output/say-plainly.ts'
import { lookAround, sayAround, type Surroundings, type Whose } from './look-around.ts'
import type { Refs } from './open-refs.ts'

/** Where a ref is, to build on. */
export interface Head {
  /** Nothing where the ref is not there yet. */
  commit: string | undefined
  /**
   * Why nothing of it may stay that is not known from elsewhere. Argo CD does not take it (REF_UNSIGNED): a good signature on
   * top would make it take the whole tree. Or it was made for another ref (REF_FOREIGN), or change sets are missing before it
   * (REF_REWOUND).
   */
  refused?: Finding
  kind?: SignerTrouble['kind'] | 'rewound' | 'elsewhere'
  /** What a commit on top of it says in its message. */
  trailers: readonly string[]
}

/** The head of a ref of an environment: its own, or its hub's. */
export async function lookHead(refs: Refs, whose: Whose, ref: string): Promise<Head> {
  const { definition, tier } = whose.environment
  const commit = await refs.look(ref)
  const keys = tier.delivery.signingKeys ?? []
  const around = await lookAround(refs, whose, { ref, head: commit })
  const trailers = [refTrailer(ref), ...sayAround(around)]
  const trouble = commit === undefined ? undefined : await checkSigner(refs.repository, commit, keys)
  if (commit !== undefined && trouble !== undefined) {
    const found = `commit ${commit.slice(0, 12)} ${trouble.words}`
    const next = nextSteps[trouble.kind](definition.name)
    const words = { found, wanted: wantedSignature(keys), next }
    const refused: Finding = { code: 'REF_UNSIGNED', severity: 'error', at: { file: ref }, ...words }
    return { commit, trailers, kind: trouble.kind, refused }
  }
  const foreign = await checkForeign(refs, whose.environment, ref, commit)
  if (foreign) return { commit, trailers, kind: 'elsewhere', refused: foreign }
  if (!around.rewound) return { commit, trailers }
  const refused = rewound({ ref, head: commit, environment: definition.name }, around.rewound)
  return { commit, trailers, kind: 'rewound', refused }
}

/**
 * What is wrong with a head that was made for another ref: its signature is as good there as here, so Argo CD takes it, and it has the
 * releases of another environment. Nothing where it was made for this one, or where nobody signs and anybody could say anything.
 */
export async function checkForeign(
  { repository }: Pick<Refs, 'repository'>,
  { definition, tier }: PlatformEnvironment,
  ref: string,
  commit: string | undefined,
): Promise<Finding | undefined> {
  if (commit === undefined || (tier.delivery.signingKeys ?? []).length === 0) return undefined
  const of = await findForeign(repository, ref, commit)
  return of === undefined ? undefined : elsewhere({ ref, commit, of, environment: definition.name })
}

/** Says on what is built, and how Argo CD looks again: of what does not change it remembers that it refused it. */
export function tellRefused({ at, found }: Finding, environment: string, report: Report): void {
  report(`${at.file}: ${found}; nothing of it stays`)
  report(
    `${environment}: once it is there, where Argo CD still refuses: kubectl --context HUB -n argocd annotate application -l opencore.dev/environment=${environment} argocd.argoproj.io/refresh=hard`,
  )
}

export const wantedSignature = (keys: readonly string[]) =>
  `a good signature of GnuPG by one of ${keys.join(', ')} (signingKeys of the tier): Argo CD takes no other`

/** How a whole environment gets a signature that is good now. */
export const signAgain = (name: string) =>
  `opencore promote ${name} --from ${name}: what its records say, rendered and signed again, as a whole`

const nextSteps: Record<SignerTrouble['kind'], (environment: string) => string> = {
  unreadable: () => 'install GnuPG, and see that it runs: gpg --version (or what gpg.program of git names)',
  absent: (name) => `opencore rollback ${name}: to what was signed last, as a whole`,
  foreign: (name) =>
    `opencore rollback ${name}: to what was signed last; where the key was one of the tier’s, ${signAgain(name)}`,
  expired: signAgain,
  revoked: signAgain,
  unknown: () =>
    'gpg --import that public key, which its owner has, and so has argocd-gpg-keys-cm of the hub',
}

const elsewhere = (where: { ref: string; commit: string; of: string; environment: string }): Finding => ({
  code: 'REF_FOREIGN',
  severity: 'error',
  at: { file: where.ref },
  found: `commit ${where.commit.slice(0, 12)} was made for ${sayPlainly(where.of)}`,
  wanted: `a commit that was made for ${where.ref}: Argo CD takes this one, since the same key signed it, and with it what another environment runs`,
  next: `put the ref back from where somebody still has it; or go on from here, as a whole: opencore promote ${where.environment}`,
})

const rewound = (
  { ref, head, environment }: { ref: string; head: string | undefined; environment: string },
  { by, commit }: NonNullable<Surroundings['rewound']>,
): Finding => ({
  code: 'REF_REWOUND',
  severity: 'error',
  at: { file: ref },
  found: `${by} saw the ref at ${commit.slice(0, 12)}, and it is ${head === undefined ? 'gone' : `at ${head.slice(0, 12)}, which does not follow that`}`,
  wanted: 'a ref that only goes forward: somebody took change sets away',
  next: `put it back from where somebody still has it (git push origin ${commit}:refs/heads/${ref}); or go on from here, as a whole: opencore promote ${environment}`,
})
