import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { hidden, judge, missing, ok, wrong, type Row } from '../row.ts'
import { argocdDeployments, componentOf, variableOf } from './deployments.ts'
import type { HubWanted } from './hub-wanted.ts'

/**
 * Of a push that names no file of an Application, Argo CD copies what was rendered from the commit before to the one after
 * it, unasked. Whoever leaves files out, as GitHub does above 3,000 of a commit, keeps what is revoked running and
 * `Synced`. `webhookManifestCacheWarmDisabled` of a repository ends that only for pushes that write its address as its
 * Secret does: not with a port, which the Applications match as well (argo-cd v3.6.1, util/webhook, HandleEvent). From 3.5 on.
 */
const VARIABLE = 'ARGOCD_WEBHOOK_MANIFEST_CACHE_WARM_DISABLED'

export const webhookCache: Check<HubWanted> = {
  reads: (wanted) => [argocdDeployments(wanted)],
  rows: (wanted, answers) => {
    const { context, namespace } = wanted
    const subject = {
      what: `argocd-server: ${VARIABLE}`,
      wanted: 'true, or after a push that names no file of a release its old manifests count as the new ones',
      next: kubectl(context, `-n ${namespace} set env deployment/argocd-server ${VARIABLE}=true`),
    }
    return [
      judge(subject, answers(argocdDeployments(wanted)), (deployments): Row => {
        const server = componentOf(deployments, 'server')
        if (deployments.length === 0) return missing(subject, `no argocd-server in ${namespace}`)
        if (server === undefined) return ok(subject, 'no argocd-server, and so no webhook')
        const variable = variableOf(server, VARIABLE)
        if (variable === undefined) return wrong(subject, 'not set, which is false')
        if (variable === 'elsewhere') return hidden(subject, 'it comes from elsewhere (valueFrom)')
        return variable.value === 'true' ? ok(subject, 'true') : wrong(subject, `"${variable.value}"`)
      }),
    ]
  },
}
