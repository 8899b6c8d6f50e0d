import { LineCounter, parseDocument } from 'yaml'
import type { ApiCatalogue } from './api-catalogue.ts'
import { checkExamples } from './check-examples.ts'
import { checkSource } from './check-source.ts'
import { readContract, type Contract } from './contract.ts'
import { expandSource } from './expand-source.ts'
import type { Finding } from './finding.ts'
import { isObject, omit, type JsonSchema } from './json-schema.ts'
import { listOwnedFields, printOwnedFields } from './list-owned-fields.ts'
import { printJson } from './print-json.ts'
import { printReadme } from './print-readme.ts'
import { printValuesFile } from './print-values-file.ts'
import { failure, success, type Result } from './result.ts'
import { teamSchema } from './team-schema.ts'
import { createLocator, type Locate } from './yaml-locator.ts'

/** What is written by hand in a chart about its values. */
export interface ChartSource {
  /** From Chart.yaml. */
  name: string
  version: string
  /** Names (or aliases) of the dependencies in Chart.yaml: Helm puts each one's values under its name. */
  dependencies: readonly string[]
  /** Of an umbrella: those dependencies that `<name>.enabled` switches on, each with the name of its chart. */
  components: readonly { name: string; chart: string }[]
  /** Text of values.schema.yaml. */
  schemaText: string
  /** Path of values.schema.yaml, for findings. */
  schemaFile: string
  /** Text of README.template.md, where there is one. */
  readmeTemplate?: string
}

/** Every file that a chart's values.schema.yaml yields, except the types (`printTypes`), and its contract. */
export interface CompiledChart {
  name: string
  contract: Contract
  valuesYaml: string
  valuesSchemaJson: string
  teamSchemaJson: string
  readme?: string
  /** The template of what an overlay may not patch, where there is an overlay. */
  ownedFields?: string
}

/**
 * All files of one chart, or every mistake in its values.schema.yaml. Equal sources give equal bytes.
 * @param contracts of an umbrella's components, by the chart's name
 */
export function compileChart(
  chart: ChartSource,
  apis: ApiCatalogue,
  contracts: ReadonlyMap<string, Contract> = new Map(),
): Result<CompiledChart> {
  const source = parseSource(chart)
  if (!source.ok) return source
  const { root, locate } = source.value
  const findings = checkSource(root, locate)
  const expanded = expandSource(root, apis, locate)
  if (findings.length + expanded.findings.length > 0) return failure([...findings, ...expanded.findings])

  const contract = readContract(chart.name, completeRoot(expanded.schema, chart, contracts))
  const wrong = checkExamples(contract, locate)
  const readme =
    chart.readmeTemplate === undefined
      ? undefined
      : printReadme(contract, chart.readmeTemplate, readmeFile(chart))
  if (readme && !readme.ok) wrong.push(...readme.findings)
  if (wrong.length > 0) return failure(wrong)
  const ownedFields = printOwnedFields(chart.name, listOwnedFields(root))
  return success({
    name: chart.name,
    contract,
    valuesYaml: printValuesFile(contract),
    valuesSchemaJson: printJson(contract.schema),
    teamSchemaJson: printJson(teamSchema(contract)),
    ...(readme?.ok && { readme: readme.value }),
    ...(ownedFields !== undefined && { ownedFields }),
  })
}

const readmeFile = ({ schemaFile }: ChartSource) => schemaFile.replace(/[^/]*$/, 'README.template.md')

function parseSource({
  schemaText,
  schemaFile,
}: ChartSource): Result<{ root: Record<string, unknown>; locate: Locate }> {
  const lines = new LineCounter()
  const document = parseDocument(schemaText, { lineCounter: lines, merge: true, prettyErrors: false })
  const locate = createLocator(document, lines, schemaFile)
  const findings = [...document.errors, ...document.warnings].map(({ pos, message }): Finding => {
    const { line, col } = lines.linePos(pos[0])
    const at = { file: schemaFile, line, column: col }
    return {
      code: 'SCHEMA_YAML',
      severity: 'error',
      at,
      found: message,
      wanted: 'valid YAML',
      next: 'correct the file',
    }
  })
  if (findings.length > 0) return failure(findings)
  const root: unknown = document.toJS()
  if (isObject(root) && isObject(root['properties'])) return success({ root, locate })
  const [at, next] = [{ file: schemaFile, line: 1, column: 1 }, 'see values.schema.yaml of another chart']
  const wanted = '`type: object` and `properties`'
  return failure([
    { code: 'SCHEMA_YAML', severity: 'error', at, found: 'the file describes no object', wanted, next },
  ])
}

/**
 * What Helm itself puts into a chart's values, so that a strict root does not refuse it: `global` and `enabled`
 * of an umbrella chart, and under each dependency's name the values that its own schema checks.
 */
function completeRoot(
  schema: JsonSchema,
  { dependencies, components }: ChartSource,
  contracts: ReadonlyMap<string, Contract>,
): JsonSchema {
  const { definitions, properties, ...rest } = omit(schema, ['$schema'])
  const given: Record<string, JsonSchema> = {
    global: {
      description: 'Values that an umbrella chart shares with all its charts.',
      type: 'object',
      additionalProperties: true,
    },
    enabled: {
      description: 'Read by the `condition` of an umbrella chart, not by this chart.',
      type: 'boolean',
    },
  }
  for (const name of dependencies)
    given[name] = {
      description: `Values of the dependency ${name}, which has its own schema.`,
      type: 'object',
      additionalProperties: true,
    }
  for (const { name, chart } of components) given[name] = componentSchema(name, chart, contracts.get(chart))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Generated by `opencore schema` from values.schema.yaml. Do not edit.',
    ...rest,
    properties: { ...properties, ...without(given, properties) },
    ...(definitions && { definitions }),
  }
}

/** A component in an umbrella: off until it is asked for, since none can guess its image or its storage. */
function componentSchema(name: string, chart: string, contract?: Contract): JsonSchema {
  const least = contract?.schema['x-opencore-with']
  return {
    description: `The component ${name}. Beside \`enabled\` it takes every value of the chart ${chart}.`,
    type: 'object',
    additionalProperties: true,
    properties: {
      enabled: {
        description: `Whether ${name} is part of the release.`,
        type: 'boolean',
        default: false,
        examples: [true],
        'x-opencore-owner': 'platform',
        ...(least !== undefined && { 'x-opencore-with': { [name]: least } }),
      },
    },
  }
}

const without = (given: Record<string, JsonSchema>, own: Record<string, JsonSchema> = {}) =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !(name in own)))
