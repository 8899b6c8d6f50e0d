import type { z } from 'zod'
import type { Definition } from '../definition.ts'
import type { JsonObject, Path } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'
import type { CloudIdentity } from './cloud-identity.ts'
import type { DerivedValues } from './derived-values.ts'
import type { Labels, PlatformEnd, Port } from './end.ts'
import type { Maker, Manifest, Neighbours } from './made.ts'
import type { Mesh, MeshMember, Operation } from './mesh-member.ts'
import type { NetworkEnforcer } from './network-enforcer.ts'
import type { Settings } from './settings.ts'
import type { TimeInterval } from './time-interval.ts'

/** Where the External Secrets operator finds secrets. */
export interface SecretStore {
  kind: 'SecretStore' | 'ClusterSecretStore'
  name: string
}

/** What an environment is to its counterpart in another region. */
export const environmentRoles = ['active', 'stepping-down', 'standby'] as const

/** What an environment is to its counterpart in another region. */
export type EnvironmentRole = (typeof environmentRoles)[number]

/** A release as the graph sees it: what it is called, what it says of others, and its values after all layers. */
export interface Part {
  /** Name of the release. */
  name: string
  /** Its chart, which says of what kind it is. */
  kind: string
  namespace: string
  /** Name of the team that owns it, and where that is said. */
  team: Definition<string>
  /** What its objects are named after. */
  objects: string
  /** The chart's defaults with all that layers set over them. */
  values: JsonObject
  /** Its definition. */
  place: Place
  /** What it says that it uses, in the order in which it says it. */
  uses: readonly Use[]
  /** Hosts beyond the platform that it says it uses. */
  external: readonly ExternalUse[]
  /** Secrets of its own. */
  secrets: readonly OwnSecret[]
  exposes: Exposure
}

/** A host beyond the platform, and the one port there. */
export interface ExternalUse extends Port {
  host: string
  place: Place
}

/** A secret that belongs to one part: nobody else reads it. */
export interface OwnSecret {
  name: string
  keys: readonly string[]
  place: Place
}

/** One thing that a part says it uses. */
export interface Use {
  /** The kind that it names: a service, or the chart of a part of the data layer. */
  kind: string
  /** Name of the part that is used. */
  to: string
  /** What the user may do there, as far as it says so. */
  rights: Readonly<Record<string, unknown>>
  place: Place
}

/** To whom a part shows itself beside those that use it. */
export interface Exposure {
  edge?: Definition<{ host: string; paths: readonly string[] }>
  metrics?: Place
}

/** Pods of a part that others come to. */
export interface Door {
  /** Who comes in: every part that uses this one, those of a kind that have a door of their own, or the part of the platform of that name. */
  for: 'clients' | (string & {})
  podLabels: Labels
  /** The pods that listen, where those are not all that carry `podLabels`, or are more. */
  receivers?: readonly Labels[]
  ports: readonly Port[]
  /** The list of the chart's values below `network` that takes the flow; none where the chart opens the door by itself. */
  list?: string
  /** Ends the id of a flow, where the same ends have several. */
  suffix?: string
  /** Where the door is declared; none: it is the definition of the part. */
  declared?: Place
}

/** A way out of a part: to another that it uses, or to a part of the platform. */
export interface Call {
  to: string
  /** The ports that it goes to, where not all that are there. */
  ports?: readonly Port[]
  /** Ends the id of the flow, where the same ends have several. */
  suffix?: string
  /** The pods that call. */
  podLabels: Labels
  /** Other pods of the part that make the same call, for which the chart opens the same list. */
  also?: readonly Labels[]
  /** The list of the chart's values below `network` that takes the flow. */
  list: string
  /** What it asks for there; anything where left out. */
  operations?: readonly Operation[]
  /** Where the call is declared; none: it is the definition of the part. */
  declared?: Place
  /** Where the chart's values take the annotations that give the callers' account its role in the cloud. */
  account?: Path
  /** It asks for credentials of the cloud only where the environment gives the part a role: its values do not say. */
  ifRole?: true
}

/** A way among pods of one part that its chart opens by itself: no list of values takes it. */
export interface Inside {
  /** Ends the id of the flow, which is unique in an environment. */
  suffix: string
  from: Labels
  to: Labels
  ports: readonly Port[]
}

/** A part in this region and its like in another, of which one serves and one waits. */
export interface Pair {
  /** Whether the part is in the region that serves, or did until now, or in the one that waits. */
  role: 'active' | 'standby'
  /** Environment of the other. */
  counterpart: string
  /** Domains of the hosts in this region and in the other. */
  domains: { own: string; other: string }
  /** Addresses of the other region. */
  cidrs: readonly string[]
  /** Where both regions put and find the credentials by which one reads the other. */
  secretStore: string
  /** Name of this environment. */
  environment: string
}

/** What both of a pair have, so that one can follow the other. */
export interface Following {
  /** Where the follower comes in, at the part that serves. */
  source: Omit<Door, 'for'> & { list: string }
  /** The follower's pods and the port that they go to, at the part that waits; and who comes in to them. */
  follower: Omit<Door, 'for'> & { list: string; doors?: readonly Door[] }
  /** The values of this one of the two. */
  values: JsonObject
}

/** Where the chart's values hold users, and how to judge their rights. */
export interface Users {
  path: readonly string[]
  /** What rights name, such as a topic. */
  what: string
  /** The names that exist; absent where they cannot be told from values alone. */
  known?: readonly string[]
  /** Every name in a user's rights. */
  named: (rights: unknown) => readonly { name: string; path: Path }[]
  hasRights: (user: unknown) => boolean
  /** Rights as one writes them. */
  example: string
}

/** What a part publishes past gateway and mesh: what Services of its operator take of the cluster. */
export interface Published {
  loadBalancers: number
  nodePorts: number
}

/** How a kind looks in pictures of the graph. */
export interface Look {
  shape: 'box' | 'cylinder'
  /** A light color: text on it is dark, and wants a contrast of 7:1. */
  fill: string
}

/** A place outside the cluster that one object alone may write to, and how a person gives it another. */
export interface Archive {
  path: string
  next: string
}

/** Who hears of alerts, and when nobody does. */
export interface Alerting {
  /** Every team, by name. */
  teams: readonly Definition<{ name: string; channel: string; pager: boolean }>[]
  /** The team that hears what belongs to no other. */
  owner: Definition<string>
  /** Times in which nobody is told. */
  maintenance: readonly Definition<{ description: string; intervals: readonly TimeInterval[] }>[]
}

/** What a part's values are derived from, beside itself and its flows. */
export interface Facts {
  part: Part
  environment: Definition<{
    name: string
    tier: string
    role: EnvironmentRole
    domain: string
    mesh?: Mesh
    networkEnforcer?: NetworkEnforcer
    identity?: CloudIdentity
    secretStore?: SecretStore
    rotatedCredentials?: readonly string[]
  }>
  /** The parts whose namespaces foundation makes: all but those that live where the cluster's own are. */
  housed: readonly Part[]
  /** Every release of the environment. */
  parts: readonly Part[]
  /** A part of the platform by name; one that nobody declared is noted as missing and has no pods. */
  platform: (name: string) => Definition<PlatformEnd>
  /** The same of what not every environment has. */
  known: (name: string) => Definition<PlatformEnd> | undefined
  /** What connects the part to each that it uses, with the place of the use. */
  settings: readonly (Settings & { place: Place })[]
  /** Who keeps secrets in the environment's vault, and where that is said. */
  keepers: readonly { part: Part; place: Place }[]
  /** What is published, by the parts that do so. */
  published: readonly (Published & { part: Part })[]
  alerting: Alerting
}

/**
 * What the graph knows of one kind of part: how its operator names and labels what it makes, who comes in, whom it
 * calls, and what its users are told. One file for each kind, and nothing about a chart anywhere else in the model.
 */
export interface PartKind {
  /** Where others come in. */
  doors: (part: Part) => Door[]
  /** Whom its pods call. */
  calls: (part: Part) => Call[]
  /** Its namespace is one that the cluster brings, with the part of the platform that it belongs to. */
  isGuest?: true
  /** What it is in the mesh, where the environment has one; none for a kind whose pods stay outside. */
  mesh?: (part: Part) => MeshMember
  /** Whom its pods call among themselves. */
  inside?: (part: Part) => Inside[]
  /** The values that follow from the model; its flows and users are added for every kind alike. */
  values: (facts: Facts) => DerivedValues
  /** What a service that uses it is told. */
  settings: (part: Part, client: Part) => Settings
  /** Its users, one for each service; none where everybody is the owner, or the part's values forbid it. */
  users?: (part: Part) => Users | undefined
  /** How a part that waits follows its like that serves; none where it does not, or does so by an archive alone. */
  follows?: (part: Part, pair: Pair) => Following | undefined
  /** Where it is said that it keeps secrets in the environment's vault; none where it keeps none there. */
  keeps?: (part: Part) => Place | undefined
  /** Where the chart's values take labels of every alert. */
  alertLabels?: Path
  /** Its pods that send traces and logs, where the environment has a gateway for them. */
  sends?: (part: Part) => Pick<Call, 'podLabels' | 'list'>
  /** What its Services publish. */
  publishes?: (part: Part) => Published
  /** Whether it takes writes; none where it does not follow another region, nor is followed. */
  takesWrites?: (values: JsonObject) => boolean | undefined
  /** What its operator makes of the resources that the chart renders, by `group/Kind`. */
  makes?: Readonly<Record<string, Maker>>
  /** What those makers look up beside, of which nothing is made, by `group/Kind`. */
  reads?: readonly string[]
  /** Labels that tell pods of one of its operator's sets apart: no policy or monitor selects by them. */
  podIdentity?: readonly string[]
  /** Where resources archive to, by `group/Kind`. */
  archives?: Readonly<Record<string, (object: Manifest, neighbours: Neighbours) => Archive[]>>
  /** Resources that say who may do what, by `group/Kind`: as a whole, or below one field. */
  access?: Readonly<Record<string, 'whole' | `spec.${string}`>>
  /** How it is drawn; in a white box where left out. */
  look?: Look
  /** Namespaces that it makes for others. */
  namespaces?: (values: JsonObject) => string[]
}

/** The one thing that `opencore new data` has to be told of a kind; the rest follows from the tier. */
export interface FirstValue {
  /** As it is typed, such as `--topic`. */
  flag: `--${string}`
  /** What stands behind it: `<name>`, or `<name...>` for several. */
  takes: `<${string}>`
  what: string
  values: (given: readonly string[]) => JsonObject
  /** A name and flags for the help text. */
  example: string
}

/** The flags of `opencore new service` that name what a service uses. */
export const useFlags = ['uses', 'writes', 'reads'] as const

/** A flag of `opencore new service` that names what it uses, without its dashes. */
export type UseFlag = (typeof useFlags)[number]

/** What is used of a part by its name there, such as topics. */
export interface UsedThings {
  /** What one of them is called. */
  what: string
  /** What a definition says of those that were named behind a flag: `--reads events/payments.events`. */
  rights: Readonly<Partial<Record<UseFlag, (names: readonly string[]) => JsonObject>>>
}

/** A kind of the data layer: a service names it in `uses`, and the definition of a release in `chart`. */
export interface DataKind extends PartKind {
  /** What a service may say of it: the name of the release, or a map with the name and its rights. */
  use: z.ZodType
  /** It belongs to the one service that uses it. */
  ownedByOne?: true
  /** What a new one is told; none where it needs nothing. */
  first?: FirstValue
  /** What a service names of it beside its name; none where that is all. */
  used?: UsedThings
}
