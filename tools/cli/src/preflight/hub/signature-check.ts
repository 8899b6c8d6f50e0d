import { asList, asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { hidden, judge, missing, ok, wrong, type Row } from '../row.ts'
import { argocdDeployments } from './argocd-version.ts'
import type { HubWanted } from './hub-wanted.ts'

/** The variable by which Argo CD checks no signature at all, whatever its projects say (util/sourceintegrity of v3.6.1). */
const VARIABLE = 'ARGOCD_GPG_ENABLED'

export const signatureCheck: Check<HubWanted> = {
  reads: (wanted) => (asksForSignatures(wanted) ? [argocdDeployments(wanted)] : []),
  rows: (wanted, answers) => {
    if (!asksForSignatures(wanted)) return []
    const subject = {
      what: 'signature check',
      wanted: `on: ${VARIABLE} is not "false"`,
      next: kubectl(
        wanted.context,
        `-n ${wanted.namespace} set env deployment/argocd-repo-server ${VARIABLE}-`,
      ),
    }
    return [
      judge(subject, answers(argocdDeployments(wanted)), (deployments): Row => {
        const server = deployments.find(
          ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'repo-server',
        )
        if (server === undefined) return missing(subject, `no repo-server in ${wanted.namespace}`)
        const variables = asList(read(server, 'spec', 'template', 'spec', 'containers'))
          .flatMap((container) => asList(read(container, 'env')))
          .filter((variable) => read(variable, 'name') === VARIABLE)
        const [variable] = variables
        if (variable === undefined) return ok(subject, 'on, which it is by itself')
        if (read(variable, 'valueFrom') !== undefined)
          return hidden(subject, `${VARIABLE} comes from elsewhere (valueFrom)`)
        const value = asText(read(variable, 'value')) ?? ''
        return /^(false|no)$/i.test(value)
          ? wrong(subject, `off: ${VARIABLE} is "${value}"`)
          : ok(subject, 'on')
      }),
    ]
  },
}

const asksForSignatures = ({ environments }: HubWanted) =>
  environments.some(({ signingKeys }) => signingKeys.length > 0)
