import type { KubernetesObject } from '@opencore/cluster'
import type { Check, Query } from '../check.ts'
import { shellWord } from '../../output/shell-word.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong, type Row } from '../row.ts'
import { secretsOf, secretText } from './argocd-secrets.ts'
import type { HubWanted } from './hub-wanted.ts'

const NAME = 'opencore-repository'

const repositories = (wanted: HubWanted): Query => secretsOf(wanted, 'repository', 'repo-creds')

/**
 * Argo CD's way into the repository: a Secret for it, or for what its address begins with. One that says a project is that
 * project's alone (argo-cd v3.6.1, util/db, getRepositorySecret).
 */
export const repositoryCredentials: Check<HubWanted> = {
  reads: (wanted) => [repositories(wanted)],
  rows: (wanted, answers) => {
    const { git } = wanted
    const subject = {
      what: 'repository',
      wanted: `credentials of ${git}`,
      next: makeSecret(wanted, []),
    }
    return [
      judge(subject, answers(repositories(wanted)), (secrets): Row => {
        const matching = secrets.filter((each) => isOf(git, each))
        const ofAll = matching.find((each) => projectOf(each) === '')
        if (ofAll !== undefined) return ok(subject, `Secret ${ofAll.metadata.name}`)
        const [one] = matching
        const lacks = { ...subject, next: makeSecret(wanted, secrets) }
        if (one === undefined) return missing(lacks)
        const theirs = new Set(matching.map(projectOf))
        const lacking = wanted.projects.filter((project) => !theirs.has(project))
        return lacking.length === 0
          ? ok(subject, `Secret ${one.metadata.name}, and others, a project's each`)
          : wrong(lacks, `for project ${[...theirs].join(', ')} alone: none for ${lacking.join(', ')}`)
      }),
    ]
  },
}

/** One that has a name of its own: those that are there are other people's, or a project's. */
function makeSecret({ context, namespace, git }: HubWanted, there: readonly KubernetesObject[]): string {
  const taken = new Set(there.map(({ metadata }) => metadata.name))
  const names = [NAME, ...there.map((_, index) => `${NAME}-${index + 2}`)]
  const name = names.find((each) => !taken.has(each)) ?? NAME
  return [
    kubectl(
      context,
      `-n ${namespace} create secret generic ${name} --from-literal type=git --from-literal url=${shellWord(git)} --from-literal username=x-access-token --from-file password=repository-token.txt`,
    ),
    kubectl(context, `-n ${namespace} label secret ${name} argocd.argoproj.io/secret-type=repository`),
  ].join(' && ')
}

const isPrefix = ({ metadata }: KubernetesObject) =>
  metadata.labels?.['argocd.argoproj.io/secret-type'] === 'repo-creds'

function isOf(git: string, secret: KubernetesObject): boolean {
  const url = normalise(secretText(secret, 'url') ?? '')
  if (url === '') return false
  return isPrefix(secret) ? normalise(git).startsWith(url) : normalise(git) === url
}

/** The only project that may use it; of all where there is none, and of what an address begins with nobody asks. */
const projectOf = (secret: KubernetesObject) =>
  isPrefix(secret) ? '' : (secretText(secret, 'project') ?? '')

/** As Argo CD compares addresses: `.git` at the end and the case say nothing (util/git, NormalizeGitURL). */
const normalise = (url: string) =>
  url
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
