import { SourceMap } from 'node:module'
import type { Finding, Position } from '@opencore/contract'
import { Refusal } from '../output/refusal.ts'
import { LAYERS_MODULE, longest, type LayersOutcome } from './run-layers.ts'

type Failure = Exclude<LayersOutcome, { end: 'exported' }>

/**
 * Refuse layer files that cannot be run (ENVIRONMENT_FAILED), at the place that threw, or else at the file that ran.
 * @param readMap gives the source map of the bundle that they ran in as text; asked only when something threw
 */
export async function refuseLayers(outcome: Failure, readMap: () => Promise<string>): Promise<Refusal> {
  const thrown = outcome.end === 'threw' ? await locateThrow(outcome.error, readMap) : undefined
  const at = thrown ?? { file: outcome.file ?? 'environments' }
  return new Refusal([{ code: 'ENVIRONMENT_FAILED', severity: 'error', at, ...describe(outcome) }])
}

function describe(outcome: Failure): Pick<Finding, 'found' | 'wanted' | 'next'> {
  const wanted = 'layer files that only describe'
  const endless = {
    wanted: 'a layer file that only describes: it takes milliseconds',
    next: 'take the loop out',
  }
  if (outcome.end !== 'threw')
    return outcome.end === 'exited'
      ? { found: 'it ends the program when it is loaded', wanted, next: 'take `process.exit` out' }
      : { found: `it is still running after ${longest / 1000} s`, ...endless }
  const { error } = outcome
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return { found: 'it fills the memory when it is loaded', ...endless }
  return {
    found: `it throws when it is loaded: ${error instanceof Error ? error.message : String(error)}`,
    wanted,
    next: 'take the failing expression out of environments/',
  }
}

/** Where in `environments/` an error was thrown: the first frame of its stack that the source map leads there. */
async function locateThrow(error: unknown, readMap: () => Promise<string>): Promise<Position | undefined> {
  if (!(error instanceof Error)) return undefined
  const frames = (error.stack ?? '').matchAll(/\/(?<bundle>[^/\s]+):(?<line>\d+):(?<column>\d+)\)?$/gm)
  const own = [...frames].filter(({ groups }) => groups?.['bundle'] === LAYERS_MODULE)
  if (own.length === 0) return undefined
  const map = new SourceMap(JSON.parse(await readMap()) as ConstructorParameters<typeof SourceMap>[0])
  for (const { groups } of own) {
    const entry = map.findEntry(Number(groups?.['line']) - 1, Number(groups?.['column']) - 1)
    if ('originalSource' in entry && entry.originalSource.startsWith('environments/'))
      return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
  }
  return undefined
}
