import type { KubernetesObject } from '@opencore/cluster'
import { asList, asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { shellWord } from '../../output/shell-word.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong, type Row } from '../row.ts'
import { argocdDeployments, componentOf, containersOf } from './deployments.ts'
import type { HubWanted } from './hub-wanted.ts'

/** Where a plugin and the repo-server meet: a socket in a volume that both have. */
const SOCKETS = '/home/argocd/cmp-server/plugins'

/** A container beside the repo-server, and in which list of its pod. */
interface Beside {
  name: string
  list: 'containers' | 'initContainers'
}

/**
 * Plugins of the repo-server. A file `.argocd-source.yaml` in a folder may choose one, or a plugin the folder, and no setting
 * turns that off as it does Helm (argo-cd v3.6.1, util/settings, GetEnabledSourceTypes): manifests would come from a program
 * instead of from what was approved.
 */
export const plugins: Check<HubWanted> = {
  reads: (wanted) => [argocdDeployments(wanted)],
  rows: (wanted, answers) => {
    const { context, namespace } = wanted
    const subject = {
      what: 'argocd-repo-server: plugins',
      wanted: 'none: a folder may choose one, and no setting turns that off',
      next: kubectl(context, `-n ${namespace} get deployment argocd-repo-server -o yaml`),
    }
    return [
      judge(subject, answers(argocdDeployments(wanted)), (deployments): Row => {
        const server = componentOf(deployments, 'repo-server')
        if (server === undefined) return missing(subject, `no repo-server in ${namespace}`)
        const found = pluginsOf(server)
        if (found.length === 0) return ok(subject, 'none')
        const take = `-n ${namespace} patch deployment ${server.metadata.name} --patch ${shellWord(without(found))}`
        return wrong(
          { ...subject, next: `${kubectl(context, take)} # in its Helm chart: repoServer.extraContainers` },
          found.map(({ name }) => name).join(', '),
        )
      }),
    ]
  },
}

function pluginsOf(server: KubernetesObject): Beside[] {
  const stays = asList(read(server, 'spec', 'template', 'spec', 'initContainers')).filter(
    (container) => read(container, 'restartPolicy') === 'Always',
  )
  const all = [
    ...containersOf(server).map((container) => ({ container, list: 'containers' as const })),
    ...stays.map((container) => ({ container, list: 'initContainers' as const })),
  ]
  const volumes = new Set(
    all.flatMap(({ container }) =>
      mountsOf(container).flatMap(({ path, volume }) => (path === SOCKETS ? [volume] : [])),
    ),
  )
  return all.flatMap(({ container, list }): Beside[] => {
    const name = asText(read(container, 'name')) ?? ''
    const isOwn = name.endsWith('repo-server') || runs(container, 'argocd-repo-server')
    const meets = mountsOf(container).some(({ volume }) => volumes.has(volume))
    return !isOwn && (meets || runs(container, 'argocd-cmp-server')) ? [{ name, list }] : []
  })
}

const mountsOf = (container: unknown) =>
  asList(read(container, 'volumeMounts')).map((mount) => ({
    path: (asText(read(mount, 'mountPath')) ?? '').replace(/\/+$/, ''),
    volume: asText(read(mount, 'name')) ?? '',
  }))

/** Whether a command line speaks of a program. */
const runs = (container: unknown, program: string) =>
  [...asList(read(container, 'command')), ...asList(read(container, 'args'))].some((word) =>
    asText(word)?.includes(program),
  )

/** A patch that takes containers out of a pod by their names. */
function without(found: readonly Beside[]): string {
  const of = (which: Beside['list']) =>
    found.flatMap(({ name, list }) => (list === which ? [{ name, $patch: 'delete' }] : []))
  const lists = (['containers', 'initContainers'] as const).filter((which) => of(which).length > 0)
  const spec = Object.fromEntries(lists.map((which) => [which, of(which)]))
  return JSON.stringify({ spec: { template: { spec } } })
}
