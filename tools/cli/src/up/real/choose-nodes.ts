import type { PlatformSpec } from '@opencore/cluster'
import type { Finding } from '@opencore/contract'

export type Nodes = 'real' | 'simulated'

export interface NodesAsked {
  /** What `--nodes` says. */
  asked: Nodes | undefined
  /** Names of the environments to start. */
  environments: readonly string[]
  /** Those of them that follow another region, or are followed by it, through an archive. */
  paired: readonly string[]
  /** What the platform of this checkout was started with, where it was not taken down. */
  kept: Pick<PlatformSpec, 'environments'> | undefined
  /** Why this machine can have no real nodes. */
  lack: string | undefined
}

/**
 * Which nodes a platform has: those that it was started with, else those that are asked for, else simulated ones. Real ones
 * are for one environment alone, since on one machine they have its processors and memory.
 */
export function chooseNodes({ asked, environments, paired, kept, lack }: NodesAsked): Nodes | Finding {
  const known = kept?.environments ?? []
  const has: Nodes | undefined =
    known.length === 0 ? undefined : known.some(({ real }) => real) ? 'real' : 'simulated'
  const nodes = asked ?? has ?? 'simulated'
  if (has !== undefined && nodes !== has)
    return refuse(`the platform of this checkout has ${has} nodes`, {
      wanted: `the same, or no platform before one with ${nodes} ones`,
      next: `opencore down && opencore up --nodes ${nodes}${flagsOf(environments)}`,
    })
  if (nodes === 'simulated') return nodes
  const all = [...new Set([...known.map(({ name }) => name), ...environments])]
  if (all.length > 1)
    return refuse(`real nodes were asked for in ${all.length} environments: ${all.join(', ')}`, {
      wanted: 'one environment, since they share the processors and memory of this machine',
      next:
        known.length > 0
          ? `opencore down && opencore up --nodes real${flagsOf(environments.slice(0, 1))}`
          : `opencore up --nodes real${flagsOf(environments.slice(0, 1))}`,
    })
  const [pair] = paired
  if (pair !== undefined)
    return refuse(
      `${pair} and its counterpart in another region meet in an archive, and no cloud has one here`,
      {
        wanted: 'an environment without a counterpart',
        next: `opencore up -e ${pair}, with simulated nodes; or --nodes real of another environment`,
      },
    )
  if (lack === undefined) return nodes
  return refuse(`this machine can have no real nodes: ${lack}`, {
    wanted: 'root on Debian 12, with control groups of version 1',
    next: `opencore up${flagsOf(environments)}, whose simulated nodes prove admission, quotas, scheduling, sync and health, and run no container`,
  })
}

const flagsOf = (environments: readonly string[]) => environments.map((name) => ` -e ${name}`).join('')

const refuse = (found: string, { wanted, next }: Pick<Finding, 'wanted' | 'next'>): Finding => ({
  code: 'NODES',
  severity: 'error',
  at: { file: '--nodes' },
  found,
  wanted,
  next,
})
