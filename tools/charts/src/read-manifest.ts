import { FindingsError, type Finding } from '@opencore/contract/findings'
import { readYaml } from '@opencore/contract/read-yaml'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The part of Chart.yaml that counts here (https://helm.sh/docs/topics/charts/#the-chartyaml-file). */
export interface ChartManifest {
  name: string
  version: string
  description?: string
  type?: 'application' | 'library'
  kubeVersion?: string
  annotations?: Record<string, string>
  dependencies?: { name: string; alias?: string; condition?: string; repository?: string }[]
}

/** Reading YAML takes time, and a command asks for the manifest of a chart a dozen times. */
const known = new Map<string, ChartManifest>()

/** The Chart.yaml in a folder. Refuses what is no YAML, and one without name or version (CHART_MANIFEST). */
export function readManifest(root: string, folder: string): ChartManifest {
  const file = `${folder}/Chart.yaml`
  const bytes = readFileSync(join(root, file))
  const key = bytes.toString('latin1')
  const manifest = known.get(key) ?? parseManifest(file, bytes)
  known.set(key, manifest)
  return manifest
}

function parseManifest(file: string, bytes: Buffer): ChartManifest {
  const read = readYaml(bytes, file)
  if (!read.ok) throw new FindingsError(read.findings)
  const lacking = ['name', 'version'].filter((key) => typeof read.value.value[key] !== 'string')
  if (lacking.length > 0) throw new FindingsError(lacking.map((key) => incomplete(file, key)))
  return read.value.value as unknown as ChartManifest
}

const incomplete = (file: string, key: string): Finding => ({
  code: 'CHART_MANIFEST',
  severity: 'error',
  at: { file },
  found: `the chart has no ${key}`,
  wanted: `\`${key}\`, a text`,
  next: 'set it',
})
