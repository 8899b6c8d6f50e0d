import { readYaml, type Finding } from '@opencore/contract'
import { readEnvironment } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
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
  one: PlatformEnvironment,
  other: PlatformEnvironment,
  names: readonly string[],
): Promise<EnvironmentDifference> {
  const heads = await Promise.all(
    [one, other].map(({ definition }) => refs.look(environmentRef(definition.name))),
  )
  const without = [one, other].filter((_, index) => heads[index] === undefined)
  if (without.length > 0)
    throw new Refusal(
      without.map(({ definition }) => missing(definition.name)),
      exitCode.findings,
    )
  const [left, right] = await Promise.all([
    readRunning(refs, one, heads[0]),
    readRunning(refs, other, heads[1]),
  ])
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

async function readRunning(
  refs: Refs,
  { definition }: PlatformEnvironment,
  head: string | undefined,
): Promise<RunningEnvironment> {
  const ref = environmentRef(definition.name)
  const { releases } = await readEnvironment(refs.repository, head)
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

const missing = (environment: string): Finding => ({
  code: 'REF_MISSING',
  severity: 'error',
  at: { file: environmentRef(environment) },
  found: `nothing was promoted to ${environment} yet`,
  wanted: 'two environments that run something',
  next: `opencore promote ${environment}`,
})
