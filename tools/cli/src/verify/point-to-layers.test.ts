import type { Finding } from '@opencore/contract'
import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { workspaceRoot } from '@opencore/toolchain'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pointToLayers } from './point-to-layers.ts'

const platform = assemblePlatform(await readTree(workspaceRoot()))

const digest = `sha256:${'0'.repeat(64)}`
const quota = (resource: string) => `everything in banking-services takes 9 of ${resource}: cards 9`
const runs = (image: string) => `Deployment banking-services/accounts: container accounts runs ${image}`
const repository = 'registry.firefly-banking.com/core-banking/accounts'

/** The place of a finding, and what is written there. */
async function point(code: string, release: string, found: string): Promise<string> {
  if (!platform.ok) throw new Error('the workspace is no platform')
  const { environments, locate } = platform.value
  const environment = environments.find(({ definition }) => definition.name === 'dev')
  if (!environment) throw new Error('there is no dev')
  const at = { file: `argocd/dev/values/${release}.yaml` }
  const finding: Finding = { code, severity: 'error', at, found, wanted: '', next: '' }
  const [pointed] = pointToLayers(environment, [finding], locate)
  const { file = '', line, column = 1 } = pointed?.at ?? {}
  if (line === undefined) return file
  const text = (await readFile(join(workspaceRoot(), file), 'utf8')).split('\n')[line - 1] ?? ''
  return `${file} ${/^(?:'[^']*'|\S+)/.exec(text.slice(column - 1))?.[0] ?? ''}`
}

it.each([
  [
    'a quota',
    'QUOTA_EXCEEDED',
    'foundation',
    quota('requests.cpu'),
    "environments/tiers/development.ts 'requests.cpu'",
  ],
  [
    'the repository of an image',
    'A9',
    'accounts',
    runs(`${repository}:2.4.1@${digest}`),
    'environments/services/accounts.ts repository:',
  ],
  [
    'the tag of an image without a digest',
    'A9',
    'accounts',
    runs(`${repository}:2.4.1`),
    'environments/images/accounts.yaml tag:',
  ],
  [
    'nothing, where no value says it',
    'A9',
    'accounts',
    runs('example/other:1'),
    'argocd/dev/values/accounts.yaml',
  ],
  [
    'nothing, of another resource',
    'QUOTA_EXCEEDED',
    'foundation',
    quota('pets'),
    'argocd/dev/values/foundation.yaml',
  ],
  [
    'nothing, of another rule',
    'PROBE_PORT',
    'foundation',
    quota('pods'),
    'argocd/dev/values/foundation.yaml',
  ],
])('leads to %s', async (_, code, release, found, expected) => {
  expect(await point(code, release, found)).toBe(expected)
})
