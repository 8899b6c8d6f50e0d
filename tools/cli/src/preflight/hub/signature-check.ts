import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { hidden, judge, missing, ok, wrong, type Row } from '../row.ts'
import { argocdDeployments, componentOf, variableOf } from './deployments.ts'
import type { HubWanted } from './hub-wanted.ts'

/**
 * Where this is false, the repo-server fills no keyring, and of each of its processes the first look at a commit checks
 * nothing. All later ones find no key, and refuse whatever is signed (argo-cd v3.6.1, util/sourceintegrity, lookupGit).
 */
const VARIABLE = 'ARGOCD_GPG_ENABLED'

export const signatureCheck: Check<HubWanted> = {
  reads: (wanted) => (asksForSignatures(wanted) ? [argocdDeployments(wanted)] : []),
  rows: (wanted, answers) => {
    if (!asksForSignatures(wanted)) return []
    const subject = {
      what: 'signature check',
      wanted: `on, or one commit passes unchecked and then none: ${VARIABLE} is not "false"`,
      next: kubectl(
        wanted.context,
        `-n ${wanted.namespace} set env deployment/argocd-repo-server ${VARIABLE}-`,
      ),
    }
    return [
      judge(subject, answers(argocdDeployments(wanted)), (deployments): Row => {
        const server = componentOf(deployments, 'repo-server')
        if (server === undefined) return missing(subject, `no repo-server in ${wanted.namespace}`)
        const variable = variableOf(server, VARIABLE)
        if (variable === undefined) return ok(subject, 'on, which it is by itself')
        if (variable === 'elsewhere') return hidden(subject, `${VARIABLE} comes from elsewhere (valueFrom)`)
        return /^(false|no)$/i.test(variable.value)
          ? wrong(subject, `off: ${VARIABLE} is "${variable.value}"`)
          : ok(subject, 'on')
      }),
    ]
  },
}

const asksForSignatures = ({ environments }: HubWanted) =>
  environments.some(({ signingKeys }) => signingKeys.length > 0)
