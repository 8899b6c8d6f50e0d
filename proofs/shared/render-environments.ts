import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { readReleases, toRequests } from '@opencore/renderer'
import type { EnvironmentInput } from '@opencore/verify'
import { root } from './root.ts'
import { renderInputs } from './render-inputs.ts'

/** Every environment of `argocd/` as `opencore verify` hands it to its rules. */
export async function renderEnvironments(): Promise<EnvironmentInput[]> {
  const [platform, releases] = [assemblePlatform(await readTree(root)), readReleases(root)]
  if (!platform.ok) throw new Error(JSON.stringify(platform.findings))
  if (!releases.ok) throw new Error(JSON.stringify(releases.findings))
  return renderInputs(platform.value.environments, toRequests(root, releases.value))
}
