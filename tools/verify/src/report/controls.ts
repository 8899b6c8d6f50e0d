import type { Finding } from '@opencore/contract'
import { asLabels, asList, read } from '../read.ts'
import type { RenderedObject } from '../rendered-object.ts'
import { describeWaiver, readWaivers, type Waiver } from '../waiver.ts'

/** One control of a foundation, and how it was held. */
export interface ControlRow {
  id: string
  /** What holds. */
  wanted: string
  /** Paragraphs that ask for it. */
  sources: string
  /** Operators that it exempts by name, each with the reason. */
  exempt: Readonly<Record<string, string>>
  /** What it does not hold for until a day, each with who answers for it and why. */
  waivers: readonly Waiver[]
  /** Objects that it was asked about. */
  judged: number
  /** Those among them that break it. */
  breaches: number
}

interface Verdict {
  rendered: RenderedObject
  findings: readonly Finding[]
}

/** The controls among an environment's objects, and what the judge said of all objects in their namespaces. */
export function listControls(objects: readonly RenderedObject[], verdicts: readonly Verdict[]): ControlRow[] {
  const bindings = objects.filter(({ object }) => object.kind === 'ValidatingAdmissionPolicyBinding')
  return objects.flatMap(({ object }): ControlRow[] => {
    const id = asLabels(object.metadata.labels)['opencore.dev/control']
    if (object.kind !== 'ValidatingAdmissionPolicy' || id === undefined) return []
    const notes = asLabels(object.metadata.annotations)
    const rules = asList(read(object, 'spec', 'matchConstraints', 'resourceRules'))
    const resources = new Set(rules.flatMap((rule) => asList(read(rule, 'resources'))))
    const bound = bindings.filter(({ object: { spec } }) => read(spec, 'policyName') === object.metadata.name)
    const namespaces = new Set(
      bound
        .flatMap((binding) =>
          asList(read(binding.object, 'spec', 'matchResources', 'namespaceSelector', 'matchExpressions')),
        )
        .flatMap((expression) => asList(read(expression, 'values'))),
    )
    const judged = verdicts.filter(
      ({ rendered: { object: each } }) =>
        namespaces.has(each.metadata.namespace) && resourcesOf(each.kind).some((name) => resources.has(name)),
    )
    return [
      {
        id,
        wanted: notes['opencore.dev/wanted'] ?? '',
        sources: notes['opencore.dev/sources'] ?? '',
        exempt: JSON.parse(notes['opencore.dev/exempt'] ?? '{}') as ControlRow['exempt'],
        waivers: readWaivers(object),
        judged: judged.length,
        breaches: judged.filter(({ findings }) => findings.some(({ code }) => code === id)).length,
      },
    ]
  })
}

/** What the API calls objects of a kind; `redis` is its own plural. */
const resourcesOf = (kind: string) => [kind.toLowerCase(), `${kind.toLowerCase()}s`]

/** The controls of several environments, each once. */
export function joinControls(rows: readonly ControlRow[]): ControlRow[] {
  const joined = new Map<string, ControlRow>()
  for (const row of rows) {
    const { judged, breaches, waivers } = joined.get(row.id) ?? { judged: 0, breaches: 0, waivers: [] }
    joined.set(row.id, {
      ...row,
      waivers: [...waivers, ...row.waivers],
      judged: judged + row.judged,
      breaches: breaches + row.breaches,
    })
  }
  return [...joined.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}

/** A table of what was held, for a pull request or an auditor; nothing where no foundation was looked at. */
export function formatControls(rows: readonly ControlRow[]): string {
  if (rows.length === 0) return ''
  const lines = rows.map(({ id, wanted, sources, exempt, waivers, judged, breaches }) => {
    const exempted = [
      ...Object.entries(exempt).map(([operator, why]) => `${operator}: ${why}`),
      ...waivers.map((waiver) => `waived for ${describeWaiver(waiver)}`),
    ]
    return `| ${id} | ${wanted} | ${sources} | ${judged} | ${breaches} | ${[...new Set(exempted)].join('<br>')} |\n`
  })
  return `\n### Controls\n\n| id | what holds | asked for by | objects judged | breaches | exempt |\n|---|---|---|---|---|---|\n${lines.join('')}`
}
