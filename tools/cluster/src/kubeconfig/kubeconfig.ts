import { isObject } from '@opencore/contract'
import { FindingsError } from '@opencore/contract/findings'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { parse } from 'yaml'

/** One entry of a kubeconfig's list, and the folder that its relative paths start from. */
export interface Entry {
  name: string
  fields: Readonly<Record<string, unknown>>
  folder: string
}

/** What kubectl would know: all files as one. */
export interface Kubeconfig {
  /** As messages call it. */
  files: string
  contexts: readonly Entry[]
  clusters: readonly Entry[]
  users: readonly Entry[]
}

/** The files that kubectl would read (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/). */
export async function readKubeconfig(env: NodeJS.ProcessEnv = process.env): Promise<Kubeconfig> {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
  const files = named.length > 0 ? named : [join(homedir(), '.kube', 'config')]
  const read = await Promise.all(files.map(readOne))
  const joined = (list: 'contexts' | 'clusters' | 'users') => firstOfEach(read.flatMap((file) => file[list]))
  return {
    files: files.join(delimiter),
    contexts: joined('contexts'),
    clusters: joined('clusters'),
    users: joined('users'),
  }
}

/** Of one name the first entry counts. */
function firstOfEach(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.name, entry])).values()].reverse()
}

async function readOne(file: string): Promise<Omit<Kubeconfig, 'files'>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    // kubectl leaves out a file that is not there, too.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })
  const config = parseConfig(text, file)
  const entries = (list: string, key: string): Entry[] => {
    const items = config[list] ?? []
    if (!Array.isArray(items)) throw invalid(file, `${list} is not a list`)
    return items.map((item: unknown) => {
      if (!isObject(item) || typeof item['name'] !== 'string' || !isObject(item[key]))
        throw invalid(file, `an entry of ${list} has no name or no ${key}`)
      return { name: item['name'], fields: item[key], folder: dirname(file) }
    })
  }
  return {
    contexts: entries('contexts', 'context'),
    clusters: entries('clusters', 'cluster'),
    users: entries('users', 'user'),
  }
}

function parseConfig(text: string, file: string): Readonly<Record<string, unknown>> {
  let config: unknown
  try {
    config = parse(text) ?? {}
  } catch {
    // The parser's words quote the line, which may hold a key.
    throw invalid(file, 'it is not YAML')
  }
  if (!isObject(config)) throw invalid(file, 'it is not a map')
  return config
}

const invalid = (file: string, found: string) =>
  new FindingsError([
    {
      code: 'KUBECONFIG_INVALID',
      severity: 'error',
      at: { file },
      found,
      wanted: 'a kubeconfig with contexts, clusters and users',
      next: 'kubectl config view says whether kubectl can read it',
    },
  ])
