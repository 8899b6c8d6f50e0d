import { tierNames, type PlatformInput } from '@opencore/model'

/** Something that a file of `environments/` defines, as far as it can be read: whether it is sound, the model says. */
export interface KnownName {
  name: string
  file: string
  /** Of data. */
  chart?: string
  /** Of environments. */
  tier?: string
  /** Of services and data. */
  namespace?: string
}

/** What there is, by what it is. */
export interface KnownNames {
  services: KnownName[]
  data: KnownName[]
  teams: KnownName[]
  platform: KnownName[]
  environments: KnownName[]
  /** Releases that the defaults bring. */
  components: KnownName[]
}

/** The names that the layer files define. */
export function listKnown({ modules }: Pick<PlatformInput, 'modules'>): KnownNames {
  const known = Object.entries(modules).flatMap(([file, exported]) => {
    const [definition] = Object.values(exported)
    const fields = textsOf(definition)
    return fields['name'] === undefined ? [] : [{ ...fields, name: fields['name'], file }]
  })
  const within = (folder: string) =>
    known.filter(({ file }) => new RegExp(`^environments/${folder}\\.ts$`).test(file))
  const defaultsFile = 'environments/defaults.ts'
  const [defaults] = Object.values(modules[defaultsFile] ?? {}) as { components?: object }[]
  return {
    services: within('services/[^/]+'),
    data: within('data/[^/]+'),
    teams: within('teams/[^/]+'),
    platform: within('platform/[^/]+'),
    environments: within('[^/]+/index'),
    components: Object.keys(defaults?.components ?? {}).map((name) => ({ name, file: defaultsFile })),
  }
}

/** Where something new starts: the environments of the first ring that there is. */
export function listFirstRing({ environments }: KnownNames): string[] {
  const first = tierNames.find((name) => environments.some(({ tier }) => tier === name))
  return environments.filter(({ tier }) => tier === first).map(({ name }) => name)
}

/** Who may not have the name of another: releases, and what the platform brings. */
export const listReleases = ({ services, data, components, platform }: KnownNames): KnownName[] => [
  ...services,
  ...data,
  ...components,
  ...platform,
]

export const namesOf = (known: readonly KnownName[]): string[] => known.map(({ name }) => name)

/** Namespaces that services and data are in. */
export function listNamespaces({ services, data }: KnownNames): string[] {
  return [...new Set([...services, ...data].flatMap(({ namespace }) => namespace ?? []))].sort()
}

function textsOf(definition: unknown): Record<string, string> {
  if (typeof definition !== 'object' || definition === null) return {}
  return Object.fromEntries(
    Object.entries(definition).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
