import { formatPosition, printYaml } from '@opencore/contract'
import type { ExplainedValue, Explanation } from '@opencore/model'
import type { Terminal } from './terminal.ts'

type Colors = Terminal['colors']
type Step = ExplainedValue['steps'][number]
type Value = NonNullable<ExplainedValue['value']> | null

const lineLength = 60

/** How a layer's say in a value is called; the last two are dead: nothing would change here without them. */
const effects: Record<Step['effect'], string> = {
  wins: 'wins',
  joins: 'joins',
  overridden: 'dead, overridden',
  removed: 'dead, removed',
}

/** What `explain` prints: for each value what it is, who may change it, and its layers, strongest first. */
export function formatExplanation({ environment, release, values }: Explanation, colors: Colors): string {
  return values.map((value) => formatValue(`${environment}/${release}`, value, colors)).join('\n\n')
}

function formatValue(release: string, value: ExplainedValue, colors: Colors): string {
  const shown = value.value === undefined ? 'not set' : showValue(value.value)
  const unit = value.unit === undefined ? '' : ` (${value.unit})`
  return [
    `${colors.bold(`${release} ${value.path}`)} = ${colors.green(shown)}${unit}`,
    ...(value.description === '' ? [] : [`  ${value.description}`]),
    ...(value.patches === undefined
      ? []
      : [
          `  a patch: sets ${value.patches} of ${value.patchedObject ?? 'what is rendered'}, which no value of the chart does`,
        ]),
    `  changed by ${value.change}`,
    ...formatSteps(value.steps, colors),
  ].join('\n')
}

function formatSteps(steps: readonly Step[], colors: Colors): string[] {
  const width = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length))
  const effectWidth = width(steps.map(({ effect }) => effects[effect]))
  const titleWidth = width(steps.map(({ title }) => title))
  return steps.map(({ title, at, operator, value, effect }) => {
    const said = [operator === 'set' ? [] : operator, value === undefined ? [] : abridge(value)]
      .flat()
      .join(' ')
    const columns = [
      effects[effect].padEnd(effectWidth),
      title.padEnd(titleWidth),
      said,
      colors.dim(formatPosition(at)),
    ]
    const line = `  ${columns.join('  ')}`
    return effect === 'wins' || effect === 'joins' ? line : colors.dim(line)
  })
}

/** Short values stay on the line, longer ones are indented below it. */
function showValue(value: Value): string {
  if (typeof value !== 'object') return String(value)
  const inline = JSON.stringify(value)
  return inline.length <= lineLength ? inline : `\n${printYaml(value).trimEnd().replaceAll(/^/gm, '    ')}`
}

/** A layer's value on its line; the whole of a long one is at its position. */
function abridge(value: Value): string {
  const inline = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return inline.length <= lineLength ? inline : `${inline.slice(0, lineLength - 1)}…`
}
