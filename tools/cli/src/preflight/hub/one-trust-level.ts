import type { KubernetesObject } from '@opencore/cluster'
import { groupBy } from '@opencore/contract'
import { asText, read } from '@opencore/verify'
import type { Answers, Check, Query } from '../check.ts'
import { kubectl } from '../commands.ts'
import { hidden, ok, wrong, type Subject } from '../row.ts'
import { secretText } from './argocd-secrets.ts'
import { clusterSecrets } from './cluster-registered.ts'
import type { HubWanted } from './hub-wanted.ts'

const ENVIRONMENT = 'opencore.dev/environment'
const KINDS = ['AppProject', 'Application'] as const

/** Something that an Argo CD has of an environment. */
interface Held {
  environment: string
  /** The ref that the environment's own Argo CD reads. */
  hub: string
  what: (typeof KINDS)[number] | 'credentials of its cluster'
}

/**
 * One Argo CD is one trust level: whoever administers it can sync anything to every cluster that it reaches. So nothing of
 * an environment of another hub may be there: no project, no Application, no credentials of its cluster.
 */
export const oneTrustLevel: Check<HubWanted> = {
  reads: listQueries,
  rows: (wanted, answers) => {
    const foreign = [...groupBy(listForeign(wanted, answers), ({ environment }) => environment)]
    if (foreign.length > 0)
      return foreign.map(([environment, held]) => ({
        ...wrong(about(wanted, `=${environment}`), describeHeld(environment, held)),
        code: 'HUB_SHARED',
      }))
    const subject = about(wanted)
    const refused = listQueries(wanted)
      .map(answers)
      .flatMap((seen) => ('hidden' in seen ? [hidden(subject, seen.hidden)] : []))
    return [refused[0] ?? ok(subject, `nothing of another hub`)]
  },
}

function about({ context, namespace, hub }: HubWanted, which = ''): Subject {
  return {
    what: 'trust level',
    wanted: `environments of ${hub} alone: whoever administers an Argo CD can sync all that it reaches`,
    next: kubectl(
      context,
      `-n ${namespace} get applications,appprojects -l ${ENVIRONMENT}${which} # an Argo CD of its own for each hub`,
    ),
  }
}

function describeHeld(environment: string, held: readonly Held[]): string {
  const hubs = [...new Set(held.map(({ hub }) => hub))].join(', ')
  const counts = [...groupBy(held, ({ what }) => what)].map(([what, { length }]) =>
    what === 'credentials of its cluster' ? what : `${length} ${what}${length === 1 ? '' : 's'}`,
  )
  return `${environment} of ${hubs}: ${counts.join(', ')}`
}

function listQueries(wanted: HubWanted): Query[] {
  return [...KINDS.map((kind) => queryOf(wanted, kind)), clusterSecrets(wanted)]
}

function queryOf({ namespace }: HubWanted, kind: (typeof KINDS)[number]): Query {
  return { apiVersion: 'argoproj.io/v1alpha1', kind, namespace, labelSelector: ENVIRONMENT }
}

function listForeign(wanted: HubWanted, answers: Answers): Held[] {
  const own = new Set(wanted.environments.map(({ name }) => name))
  const list = (
    query: Query,
    what: Held['what'],
    nameOf: (object: KubernetesObject) => string | undefined,
  ) => {
    const seen = answers(query)
    return ('hidden' in seen ? [] : seen.value).flatMap((object): Held[] => {
      const environment = nameOf(object) ?? ''
      const hub = hubOf(wanted, environment, object)
      const isForeign = hub !== undefined && hub !== wanted.hub && !own.has(environment)
      return isForeign ? [{ environment, hub, what }] : []
    })
  }
  return [
    ...KINDS.flatMap((kind) =>
      list(queryOf(wanted, kind), kind, ({ metadata }) => metadata.labels?.[ENVIRONMENT]),
    ),
    ...list(clusterSecrets(wanted), 'credentials of its cluster', (secret) => secretText(secret, 'name')),
  ]
}

/** By the ref that an Application follows, which says so of environments that the model has no more; else by the model. */
function hubOf({ hubs }: HubWanted, environment: string, object: KubernetesObject): string | undefined {
  const followed = asText(read(object, 'spec', 'source', 'targetRevision')) ?? ''
  return /^(?:refs\/heads\/)?(hub\/.+)$/.exec(followed)?.[1] ?? hubs.get(environment)
}
