import { layOut, listOperated, readSpec, reservePlatform } from '@opencore/cluster'
import type { PlatformEnvironment } from '@opencore/model'
import { renderedSide, renderSide, type Side } from '../../deliver/read-side.ts'
import type { Report } from '../../output/run-steps.ts'
import { platformFolder } from '../../workspace/platform-folder.ts'
import { renderEnvironments } from '../render-environments.ts'
import { chooseReleases } from './choose-releases.ts'

/**
 * What the embedded platform is to run of an environment, as this checkout has it: where its nodes are real, as `up`
 * localises it, and without what it leaves out.
 */
export async function renderEmbedded(
  root: string,
  environment: PlatformEnvironment,
  report: Report,
): Promise<Side> {
  const { name } = environment.definition
  const folder = platformFolder(root)
  const spec = await readSpec(layOut(folder))
  const real = spec?.environments.find((each) => each.name === name)?.real
  if (real === undefined) return renderSide(root, name, report)
  const { localiseEnvironment } = await import('./lay-ground.ts')
  const addresses = await reservePlatform(folder, [name])
  const { environment: local } = await localiseEnvironment({ root, folder }, environment, addresses)
  const rendered = (await renderEnvironments(root, [local], report, true)).get(name) ?? []
  const { environment: chosen } = chooseReleases(local, rendered, listOperated(real))
  const runs = new Set(chosen.releases.map((release) => release.name))
  return renderedSide(rendered.filter(({ release }) => runs.has(release)))
}
