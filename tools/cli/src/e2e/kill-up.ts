import type { KubernetesClient, KubernetesObject } from '@opencore/cluster'
import { execa } from 'execa'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { parseAllDocuments } from 'yaml'
import type { FirstHub } from './first-hub.ts'
import { root } from './opencore.ts'

/** Start `up --context hub -e dev` and kill it, and what it started, in a step and not before a moment. */
export async function killUp(
  { folder, env }: FirstHub,
  step: string,
  moment: () => Promise<unknown>,
): Promise<void> {
  const args = [join(root, 'bin/opencore.mjs'), 'up', '--context', 'hub', '-e', 'dev']
  const child = execa(process.execPath, args, {
    cwd: folder,
    env: { NO_COLOR: '1', ...env },
    detached: true,
    reject: false,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  let seen = false
  for await (const line of child.iterable({ from: 'stderr' })) {
    said += `${line}\n`
    if (seen || line !== `${step} ...`) continue
    seen = true
    void moment().then(() => process.kill(-(child.pid ?? 0), 'SIGKILL'))
  }
  expect(seen, `it never said "${step}":\n${said}`).toBe(true)
  expect((await child).signal, said).toBe('SIGKILL')
}

const FILES = [
  'health-checks.yaml',
  'notifications.yaml',
  'dev/projects/bootstrap.yaml',
  'dev/bootstrap.yaml',
]

/**
 * What there is of the objects that `up` writes: of each all, or nothing. A ConfigMap is Argo CD's, so nothing of it is
 * none of our keys.
 */
export async function readWritten({ folder, hub }: FirstHub): Promise<Record<string, 'all' | 'nothing'>> {
  const written: Record<string, 'all' | 'nothing'> = {}
  for (const file of FILES) {
    const text = await readFile(join(folder, 'argocd', file), 'utf8')
    for (const document of parseAllDocuments(text)) {
      const wanted = document.toJS() as KubernetesObject
      const found = await hub.client.get<KubernetesObject>(wanted)
      const title = `${wanted.kind} ${wanted.metadata.name}`
      const isThere = found !== undefined && hasAny(wanted, found)
      if (isThere) expect(found, title).toMatchObject(contentOf(wanted))
      written[title] = isThere ? 'all' : 'nothing'
    }
  }
  return written
}

const contentOf = (object: KubernetesObject) =>
  Object.fromEntries(['spec', 'data'].flatMap((key) => (key in object ? [[key, object[key]]] : [])))

/** Whether there is any of it: of a ConfigMap, which is there before, one of the keys. */
function hasAny(wanted: KubernetesObject, found: KubernetesObject): boolean {
  if (wanted.kind !== 'ConfigMap') return true
  const there = Object.keys(found['data'] ?? {})
  return Object.keys(wanted['data'] ?? {}).some((key) => there.includes(key))
}

/** What the API server says of who wrote what when: of the fields that are ours. */
export async function readOwnership(
  client: KubernetesClient,
  written: readonly string[],
): Promise<{ title: string; fields: readonly unknown[] }[]> {
  return Promise.all(
    written.map(async (title) => {
      const [kind = '', name = ''] = title.split(' ')
      const apiVersion = kind === 'ConfigMap' ? 'v1' : 'argoproj.io/v1alpha1'
      const found = await client.get<Owned>({ apiVersion, kind, metadata: { name, namespace: 'argocd' } })
      const fields = found?.metadata.managedFields?.filter(({ manager }) => manager === 'opencore') ?? []
      return { title, fields }
    }),
  )
}

interface Owned extends KubernetesObject {
  metadata: KubernetesObject['metadata'] & { managedFields?: { manager: string }[] }
}
