import { readYaml } from '@opencore/contract'
import { readEnvironment } from '@opencore/delivery'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { findMissing } from '../deliver/find-missing.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { findNamed } from '../releases/find-named.ts'
import {
  compareEnvironments,
  type EnvironmentDifference,
  type RunningEnvironment,
} from './compare-environments.ts'
import { localiserOf } from './localise.ts'
import type { Refs } from '../deliver/open-refs.ts'

/**
 * What two environments run otherwise, as their refs have it. Refuses an environment that nothing was promoted to
 * (REF_MISSING).
 * @param names releases; all where there are none
 */
export async function compareRunning(
  refs: Refs,
  platform: Platform,
  [one, other]: readonly [PlatformEnvironment, PlatformEnvironment],
  names: readonly string[],
): Promise<EnvironmentDifference> {
  const missing = await findMissing(refs, platform, [one, other], 'two environments that run something')
  if (missing.length > 0) throw new Refusal(missing, exitCode.findings)
  const [left, right] = await Promise.all([readRunning(refs, one), readRunning(refs, other)])
  const known = [...new Set([...left.releases, ...right.releases].map(({ name }) => name))].sort()
  const named = new Set(
    findNamed(known, names.length === 0 ? undefined : names, (name) => name, 'release', '[release...]'),
  )
  const narrow = (running: RunningEnvironment) => ({
    ...running,
    releases: running.releases.filter(({ name }) => named.has(name)),
  })
  return compareEnvironments(narrow(left), narrow(right))
}

async function readRunning(refs: Refs, { definition }: PlatformEnvironment): Promise<RunningEnvironment> {
  const ref = environmentRef(definition.name)
  const { releases } = await readEnvironment(refs.repository, await refs.look(ref))
  return {
    name: definition.name,
    localise: localiserOf(definition),
    releases: releases.map(({ name, record, values }) => {
      const yaml = readYaml(new TextEncoder().encode(values), `${ref}:${name}/values.yaml`)
      if (!yaml.ok) throw new Refusal(yaml.findings, exitCode.findings)
      return {
        name,
        chart: record?.chart ?? '',
        chartVersion: record?.chartVersion ?? '',
        values: yaml.value.value,
      }
    }),
  }
}
