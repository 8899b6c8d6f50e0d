import type { Finding } from '@opencore/contract'
import { isDeepStrictEqual } from 'node:util'
import type { PlatformEnvironment } from '@opencore/model'
import { asList, read, type RenderedObject } from '@opencore/verify'

/** What the definitions say of how an environment is delivered to. */
export interface HubWanted extends Omit<PlatformEnvironment['tier']['delivery'], 'hub'> {
  /** The environment, which is its cluster's name in Argo CD. */
  environment: string
  git: string
}

/** The project whose Application brings the hub's own objects; nobody but the platform pushes to their ref. */
const BOOTSTRAP = 'bootstrap'
const VERBS = new Set(['get', 'sync'])

/**
 * What lets more through than the definitions say, or less of them hold: a wildcard, a right beyond seeing and syncing, a
 * signature that nobody asks for, a window that is open, a deletion that should wait for a person. It is judged by the
 * definitions, and not by how the plan makes these objects of them: a mistake there would be in both.
 * Findings: HUB_TOO_WIDE, HUB_DIFFERS.
 */
export function checkHub(wanted: HubWanted, hub: readonly RenderedObject[]): Finding[] {
  return hub.flatMap((rendered) => {
    const { object } = rendered
    if (object.kind === 'AppProject') return checkProject(wanted, rendered)
    return object.kind === 'ApplicationSet' ? checkApplicationSet(wanted, rendered) : []
  })
}

function checkProject(wanted: HubWanted, rendered: RenderedObject): Finding[] {
  const spec = read(rendered.object, 'spec')
  const isBootstrap = read(rendered.object, 'metadata', 'labels', 'opencore.dev/purpose') === BOOTSTRAP
  const cluster = isBootstrap ? 'in-cluster' : wanted.environment
  const kinds = ['clusterResourceWhitelist', 'namespaceResourceWhitelist'].flatMap((list) =>
    asList(read(spec, list)).flatMap((kind) => [read(kind, 'group'), read(kind, 'kind')]),
  )
  const tooWide = [
    ...asList(read(spec, 'sourceRepos')).filter((repository) => repository !== wanted.git),
    ...asList(read(spec, 'destinations'))
      .filter(
        (to) =>
          read(to, 'name') !== cluster || read(to, 'server') !== undefined || hasGlob(read(to, 'namespace')),
      )
      .map((to) => JSON.stringify(to)),
    ...kinds.filter((name) => hasGlob(name) || (name === 'argoproj.io' && !isBootstrap)),
    ...asList(read(spec, 'roles')).flatMap((role) =>
      asList(read(role, 'policies')).filter(
        (policy) => !isModest(String(policy), rendered.object.metadata.name),
      ),
    ),
  ]
  const keys = wanted.signingKeys ?? []
  const policies = [{ repos: [{ url: wanted.git }], gpg: { mode: 'head', keys } }]
  const windows = (wanted.syncWindows ?? []).map((window) => ({ ...window, applications: ['*'] }))
  return [
    ...tooWide.map((found) => complain(rendered, 'HUB_TOO_WIDE', `it lets ${String(found)} through`)),
    ...compare(rendered, {
      sourceIntegrity: [read(spec, 'sourceIntegrity'), keys.length === 0 ? undefined : { git: { policies } }],
      syncWindows: [read(spec, 'syncWindows'), windows.length === 0 ? undefined : windows],
    }),
  ]
}

function checkApplicationSet(wanted: HubWanted, rendered: RenderedObject): Finding[] {
  const { spec } = rendered.object
  const policy = read(spec, 'template', 'spec', 'syncPolicy')
  const keeps = wanted.deletion === 'keep'
  const forceful = asList(read(policy, 'syncOptions')).filter((option) =>
    /^(Replace|Force)=true/.test(String(option)),
  )
  return [
    ...forceful.map((option) => complain(rendered, 'HUB_TOO_WIDE', `it syncs with ${String(option)}`)),
    ...compare(rendered, {
      'syncPolicy.automated.prune': [read(policy, 'automated', 'prune'), wanted.prune],
      'syncPolicy.automated.selfHeal': [read(policy, 'automated', 'selfHeal'), wanted.selfHeal],
      applicationsSync: [read(spec, 'syncPolicy', 'applicationsSync'), keeps ? 'create-update' : 'sync'],
      preserveResourcesOnDeletion: [read(spec, 'syncPolicy', 'preserveResourcesOnDeletion'), keeps],
      ignoreApplicationDifferences: [
        read(spec, 'ignoreApplicationDifferences'),
        // On-call may stop automatic sync of one Application, and change nothing else of it.
        [{ jsonPointers: ['/spec/syncPolicy/automated/enabled'] }],
      ],
    }),
  ]
}

function compare(rendered: RenderedObject, pairs: Record<string, readonly [unknown, unknown]>): Finding[] {
  return Object.entries(pairs)
    .filter(([, [is, should]]) => !isDeepStrictEqual(is, should))
    .map(([field, [is, should]]) =>
      complain(
        rendered,
        'HUB_DIFFERS',
        `${field} is ${show(is, 'not set')}`,
        `${show(should, 'nothing')}, as its tier says`,
      ),
    )
}

const show = (value: unknown, absent: string) => (value === undefined ? absent : JSON.stringify(value))

/** A role of a project may see and sync Applications of that project, each by its name. */
function isModest(policy: string, project: string): boolean {
  const [, subject = '', resource, verb = '', object = '', effect] = policy.split(', ')
  return (
    subject.startsWith(`proj:${project}:`) &&
    resource === 'applications' &&
    VERBS.has(verb) &&
    object.startsWith(`${project}/`) &&
    !hasGlob(object) &&
    effect === 'allow'
  )
}

const hasGlob = (text: unknown) => typeof text !== 'string' || /[*?[{!]/.test(text)

function complain(
  { object, file = '' }: RenderedObject,
  code: string,
  found: string,
  wanted = 'what its environment needs, each thing by its name',
): Finding {
  return {
    code,
    severity: 'error',
    at: { file },
    found: `${object.kind} ${object.metadata.name}: ${found}`,
    wanted,
    next: 'run: opencore generate; if it says so again, correct what the plan makes of the definitions (tools/plan)',
  }
}
