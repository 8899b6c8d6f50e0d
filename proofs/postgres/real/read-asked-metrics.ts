import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../shared/root.ts'

/** The metrics that the rules of a file of `charts/postgres/rules` ask for. */
export async function readAskedMetrics(file: string): Promise<string[]> {
  const rules = await readFile(join(root, 'charts/postgres/rules', `${file}.yaml`), 'utf8')
  return [...new Set(rules.match(/\b(?:barman|cnpg)_[a-z_]+(?=\{)/g))]
}
