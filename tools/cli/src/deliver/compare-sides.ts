import type { Contract, FixedFields } from '@opencore/contract'
import {
  compareObjects,
  groupAlike,
  groupChanges,
  sortGroups,
  type ChangeGroup,
  type ComparedObject,
  type ObjectChange,
} from '@opencore/delivery'
import {
  compareConnections,
  describeEnvironment,
  type Connection,
  type ConnectionChanges,
  type KubernetesObject,
} from '@opencore/verify'
import { findReleases } from '../releases/find-releases.ts'
import { groupFixedValues } from './group-fixed-values.ts'
import { sayPlainly } from '../output/say-plainly.ts'
import { shellWord } from '../output/shell-word.ts'
import type { Drift, Side, SideRelease } from './read-side.ts'

type Described = Parameters<typeof describeEnvironment>[0]

/** What is known beside the two sides: the environment, what its charts say of values, and what APIs refuse to change. */
export interface KnownRules {
  environment: Described
  /** By chart. */
  contracts: ReadonlyMap<string, Contract>
  fixed: FixedFields
}

/**
 * What changes in an environment where the named releases become what they are on the other side, and the others stay. What
 * policies let through is said as connections; where that says all that changes in a policy of their ends, it is not said again.
 */
export function compareSides(
  { environment, contracts, fixed }: KnownRules,
  before: Side,
  other: Side,
  releases: readonly string[],
): ChangeGroup[] {
  const known = [...new Set([...before.keys(), ...other.keys()])].sort()
  const named = findReleases(known, releases)
  const after = new Map([...before].filter(([name]) => !named.includes(name)))
  for (const name of named) after.set(name, other.get(name) ?? gone)
  const network = compareConnections(describe(environment, before), describe(environment, after))
  const ends = new Set([...network.opened, ...network.closed].flatMap(({ from, to }) => [from, to]))
  const listObjects = (side: Side) => named.flatMap((name) => side.get(name)?.objects ?? [])
  const said = new Set(
    [before, after].flatMap((side) =>
      named.filter((name) => ends.has(name)).flatMap((name) => listPolicies(side.get(name))),
    ),
  )
  return sortGroups([
    ...groupDrift(environment.definition.name, before, other, named),
    ...groupFixedValues(contracts, before, after, named),
    ...groupConnections(network),
    ...groupChanges(
      compareObjects(listObjects(before), listObjects(after), fixed).flatMap((change) =>
        leaveSaid(change, said),
      ),
    ),
  ])
}

/** Names of a release's policies, as changes have them. */
const listPolicies = ({ objects }: SideRelease = gone) =>
  objects.flatMap(({ kind, metadata }) =>
    kind === 'NetworkPolicy' ? `${metadata.namespace ?? ''}/${metadata.name}` : [],
  )

/** Without what connections say of a policy: its rules. That one goes, and what else it has, they do not. */
function leaveSaid(change: ObjectChange, said: ReadonlySet<string>): ObjectChange[] {
  if (change.kind !== 'NetworkPolicy.networking.k8s.io' || !said.has(change.name)) return [change]
  if (change.action !== 'changed') return change.action === 'removed' ? [change] : []
  const fields = change.fields.filter(({ path }) => !path.startsWith('spec.'))
  return fields.length === 0 ? [] : [{ ...change, fields }]
}

/** A release that is not there any more. */
const gone: SideRelease = { objects: [], chart: '', values: '' }

/** What somebody pushed by hand is in the diff, and no source says so. */
function groupDrift(environment: string, before: Side, after: Side, named: readonly string[]): ChangeGroup[] {
  return groupAlike(
    named.flatMap((name) => {
      const messages = [before, after].flatMap((side) => {
        const drift = side.get(name)?.drift
        return drift ? describeDrift(environment, name, drift) : []
      })
      return [...new Set(messages)].map((message) => {
        return { risk: 'drift' as const, kind: 'release', action: 'changed' as const, name, message }
      })
    }),
  )
}

function describeDrift(environment: string, name: string, { words, at, repair }: Drift): string {
  const who = `who: opencore history ${environment} ${shellWord(sayPlainly(name))}`
  if (at !== undefined) return `at ${at.slice(0, 12)} somebody had changed it by hand (${words}); ${who}`
  return `somebody changed it by hand (${words}); ${who}${repair === undefined ? '' : `; ${repair}`}`
}

/** Those who may reach the same, on the same ports. */
function groupConnections({ opened, closed }: ConnectionChanges): ChangeGroup[] {
  const listAll = (connections: readonly Connection[], action: 'added' | 'removed') =>
    connections.map(({ from, ...rest }) => {
      return { risk: 'network' as const, kind: 'Connection', action, ...rest, name: from }
    })
  return groupAlike([...listAll(opened, 'added'), ...listAll(closed, 'removed')])
}

/** The environment with other objects. */
function describe(environment: Described, side: Side) {
  const objects = [...side].flatMap(([release, { objects: list }]) =>
    list.map((object) => ({
      environment: environment.definition.name,
      release,
      object: placeNamespace(object),
    })),
  )
  return describeEnvironment(environment, objects, [])
}

/** A namespace is in none: comparing objects does not mind, but who looks for its labels does. */
function placeNamespace(object: ComparedObject): KubernetesObject {
  const { kind, metadata } = object
  if (kind !== 'Namespace') return { ...object }
  const own = Object.entries(metadata).filter(([key]) => key !== 'namespace')
  return { ...object, metadata: { ...Object.fromEntries(own), name: metadata.name } }
}
