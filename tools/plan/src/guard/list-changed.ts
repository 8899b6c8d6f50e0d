import { mergeValues, type Contract, type JsonObject, type PlannedFile } from '@opencore/contract'
import { parse } from 'yaml'
import { diffValues, type ChangedValue } from '../diff-values.ts'
import { valuesPath } from '../plan-values.ts'
import { findMarkedChanges } from './guard-values.ts'
import { readReleases } from './read-releases.ts'

/** A value of a release that stays, and is about to be another. */
export interface ReleaseChange extends ChangedValue {
  /** `dev/accounts` */
  release: string
  /** What the chart says of such a change. */
  mark?: { procedure?: string | undefined; byHand: boolean }
}

/** The values of some releases, with their chart's defaults. */
export function listFull(
  tree: readonly PlannedFile[],
  contracts: ReadonlyMap<string, Contract>,
  wanted: ReadonlySet<string>,
): { release: string; values: JsonObject }[] {
  const texts = new Map(tree.map(({ path, text }) => [path, text]))
  return readReleases(tree).flatMap(({ environment, release, chart }) => {
    const [text, contract] = [texts.get(valuesPath(environment, release)), contracts.get(chart)]
    if (text === undefined || !contract || !wanted.has(`${environment}/${release}`)) return []
    return [{ release: `${environment}/${release}`, values: readFull(text, contract) }]
  })
}

const readFull = (text: string, { defaults }: Contract) =>
  mergeValues(defaults, (parse(text) ?? {}) as JsonObject)

/** Every change of a value, with the chart's defaults: those that charts mark first, and all single values. */
export function listChanged(
  previous: readonly PlannedFile[],
  planned: readonly PlannedFile[],
  contracts: ReadonlyMap<string, Contract>,
): ReleaseChange[] {
  const [old, now] = [previous, planned].map((tree) => new Map(tree.map(({ path, text }) => [path, text])))
  return readReleases(planned).flatMap(({ environment, release, chart }) => {
    const file = valuesPath(environment, release)
    const contract = contracts.get(chart)
    const [before, after] = [old?.get(file), now?.get(file)]
    if (!contract || before === undefined || after === undefined || before === after) return []
    const values = [readFull(before, contract), readFull(after, contract)] as const
    const named = `${environment}/${release}`
    return [
      ...findMarkedChanges(contract.schema, ...values).map(({ path, before, after, procedure, byHand }) => ({
        release: named,
        path,
        before,
        after,
        mark: { procedure, byHand },
      })),
      ...diffValues(...values).map((change) => ({ release: named, ...change })),
    ]
  })
}
