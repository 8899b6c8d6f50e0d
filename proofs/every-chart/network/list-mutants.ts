import type { JsonObject } from '@opencore/contract'
import { asList, describeObject, type EnvironmentInput, type RenderedObject } from '@opencore/verify'
import { ruleMutations, type PolicyRule } from './mutate-rules.ts'

/** An environment with one NetworkPolicy changed in one way. */
export interface Mutant {
  kind: string
  /** Which policy, and where in it. */
  title: string
  before: EnvironmentInput
  input: EnvironmentInput
}

interface Changed {
  kind: string
  place: string
  /** The policy's new spec; nothing where it is gone. */
  spec?: JsonObject
}

const directions = [
  { list: 'ingress', side: 'from', type: 'Ingress' },
  { list: 'egress', side: 'to', type: 'Egress' },
] as const

/** Some of each kind, as far apart as there are. */
export function spreadMutants(mutants: readonly Mutant[], count: number): Mutant[] {
  return [...new Set(mutants.map(({ kind }) => kind))].flatMap((kind) => {
    const some = mutants.filter((mutant) => mutant.kind === kind)
    const step = Math.max(1, some.length / count)
    return some.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
  })
}

/** Every mutant of an environment: each kind of change, at each place of each policy that it fits. */
export function listMutants(input: EnvironmentInput): Mutant[] {
  return input.objects
    .filter(({ object }) => object.kind === 'NetworkPolicy')
    .flatMap((rendered) =>
      changePolicy(rendered).map(({ kind, place, spec }) => ({
        kind,
        before: input,
        title: `${kind}: ${input.environment}, ${describeObject(rendered.object)} ${place}`,
        input: {
          ...input,
          objects: input.objects.flatMap((each) => (each === rendered ? put(each, spec) : each)),
        },
      })),
    )
}

const put = (rendered: RenderedObject, spec: JsonObject | undefined) =>
  spec ? [{ ...rendered, object: { ...rendered.object, spec } }] : []

function changePolicy({ object }: RenderedObject): Changed[] {
  const spec = object['spec'] as JsonObject
  const isDeny = asList(spec['ingress']).length + asList(spec['egress']).length === 0
  const selector = spec['podSelector'] as JsonObject
  const labels = { ...(selector['matchLabels'] as JsonObject | undefined), tier: 'gold' }
  const types = asList(spec['policyTypes']) as string[]
  return [
    { kind: isDeny ? 'no default deny' : 'no policy', place: '' },
    { kind: 'for every pod', place: '', spec: { ...spec, podSelector: {} } },
    {
      kind: 'for fewer pods',
      place: '',
      spec: { ...spec, podSelector: { ...selector, matchLabels: labels } },
    },
    ...types.map((type) => ({
      kind: 'a policy type less',
      place: type,
      spec: { ...spec, policyTypes: types.filter((other) => other !== type) },
    })),
    ...directions.flatMap((direction) => changeRules(spec, direction)),
  ].filter(({ spec: changed }) => JSON.stringify(changed) !== JSON.stringify(spec))
}

function changeRules(spec: JsonObject, { list, side, type }: (typeof directions)[number]): Changed[] {
  const rules = asList(spec[list]) as JsonObject[]
  const put = (kind: string, place: string, changed: readonly JsonObject[]) => ({
    kind,
    place,
    spec: { ...spec, [list]: [...changed] },
  })
  return [
    ...(asList(spec['policyTypes']).includes(type)
      ? [put('a rule for everybody', list, [...rules, {}])]
      : []),
    ...rules.flatMap((rule, index) => {
      const place = `${list}[${index}]`
      const read: PolicyRule = {
        peers: asList(rule[side]) as JsonObject[],
        ports: asList(rule['ports']) as JsonObject[],
      }
      const changed = Object.entries(ruleMutations).flatMap(([kind, mutate]) => {
        const mutant = mutate(read)
        if (!mutant) return []
        return [put(kind, place, rules.with(index, { [side]: mutant.peers, ports: mutant.ports }))]
      })
      return [put('a rule less', place, rules.toSpliced(index, 1)), ...changed]
    }),
  ]
}
