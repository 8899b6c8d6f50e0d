import type { Check, Query } from '../check.ts'
import { shellWord } from '../../output/shell-word.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok } from '../row.ts'
import { secretsOf, secretText } from './argocd-secrets.ts'
import type { HubWanted } from './hub-wanted.ts'

const repositories = (wanted: HubWanted): Query => secretsOf(wanted, 'repository', 'repo-creds')

/** Argo CD's way into the repository: a Secret for it, or for what its address begins with. */
export const repositoryCredentials: Check<HubWanted> = {
  reads: (wanted) => [repositories(wanted)],
  rows: (wanted, answers) => {
    const { context, namespace, git } = wanted
    const secret = 'opencore-repository'
    const subject = {
      what: 'repository',
      wanted: `credentials of ${git}`,
      next: [
        kubectl(
          context,
          `-n ${namespace} create secret generic ${secret} --from-literal type=git --from-literal url=${shellWord(git)} --from-literal username=x-access-token --from-file password=repository-token.txt`,
        ),
        kubectl(context, `-n ${namespace} label secret ${secret} argocd.argoproj.io/secret-type=repository`),
      ].join(' && '),
    }
    return [
      judge(subject, answers(repositories(wanted)), (secrets) => {
        const matching = secrets.find((each) => {
          const url = normalise(secretText(each, 'url') ?? '')
          const isPrefix = each.metadata.labels?.['argocd.argoproj.io/secret-type'] === 'repo-creds'
          if (url === '') return false
          return isPrefix ? normalise(git).startsWith(url) : normalise(git) === url
        })
        return matching === undefined ? missing(subject) : ok(subject, `Secret ${matching.metadata.name}`)
      }),
    ]
  },
}

/** As Argo CD compares addresses: `.git` at the end and the case say nothing (util/git, NormalizeGitURL). */
const normalise = (url: string) =>
  url
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
