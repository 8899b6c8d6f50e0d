import type { KubernetesObject } from '@opencore/cluster'
import { asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong } from '../row.ts'
import { argocdDeployments, componentOf, containersOf } from './deployments.ts'
import type { HubWanted } from './hub-wanted.ts'

/** The first that checks who signed what comes from git as a project's `sourceIntegrity` says. */
const OLDEST = [3, 5] as const

export const argocdVersion: Check<HubWanted> = {
  reads: (wanted) => [argocdDeployments(wanted)],
  rows: (wanted, answers) => {
    const { context, namespace, tested } = wanted
    const subject = {
      what: 'Argo CD',
      wanted: `${OLDEST.join('.')} or newer`,
      next: `${kubectl(context, `create namespace ${namespace} --dry-run=client -o yaml`)} | ${kubectl(context, 'apply -f -')} && ${kubectl(context, `-n ${namespace} apply --server-side -f ${installOf(tested)}`)}`,
    }
    return [
      judge(subject, answers(argocdDeployments(wanted)), (deployments) => {
        const server = componentOf(deployments, 'repo-server')
        if (server === undefined) return missing(subject, `no repo-server in ${namespace}`)
        const version = readVersion(server)
        if (version === undefined) return wrong(subject, 'an image without a version')
        const [major = 0, minor = 0] = version.split('.').map(Number)
        const isNew = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
        return isNew ? ok(subject, version) : wrong(subject, version)
      }),
    ]
  },
}

/** Upstream's own manifests of a version. */
const installOf = (version: string) =>
  `https://raw.githubusercontent.com/argoproj/argo-cd/${version}/manifests/install.yaml`

/** By the tag of its image or, where that is a digest or a name, by the label. */
function readVersion(deployment: KubernetesObject): string | undefined {
  const texts = [
    ...containersOf(deployment).map(
      (container) => /:v([^@]+)/.exec(asText(read(container, 'image')) ?? '')?.[1],
    ),
    deployment.metadata.labels?.['app.kubernetes.io/version'],
  ]
  return texts.flatMap((text) => /^v?(\d+\.\d+\.\d+)/.exec(text ?? '')?.[1] ?? []).at(0)
}
