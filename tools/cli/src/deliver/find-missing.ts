import type { Finding } from '@opencore/contract'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { listWay } from './list-earlier.ts'
import type { Refs } from './open-refs.ts'

/**
 * Environments that nothing was promoted to yet, as one finding (REF_MISSING): its next step are the promotions that bring
 * everything there, those of rings before first, since none may be skipped. Nothing where all of them run something.
 * @param wanted what is asked for instead
 */
export async function findMissing(
  refs: Pick<Refs, 'look'>,
  platform: Pick<Platform, 'environments'>,
  environments: readonly PlatformEnvironment[],
  wanted: string,
): Promise<Finding[]> {
  const listAbsent = async (list: readonly PlatformEnvironment[]) => {
    const names = list.map(({ definition }) => definition.name)
    const heads = await Promise.all(names.map((name) => refs.look(environmentRef(name))))
    return names.filter((_, index) => heads[index] === undefined)
  }
  const asked = listWay(platform, environments).filter((one) => environments.includes(one))
  const [first, ...others] = await listAbsent(asked)
  if (first === undefined) return []
  const absent = asked.filter(({ definition: { name } }) => [first, ...others].includes(name))
  return [
    {
      code: 'REF_MISSING',
      severity: 'error',
      at: { file: environmentRef(first) },
      found: `nothing was promoted to ${[first, ...others].join(' and ')} yet`,
      wanted,
      next: (await listAbsent(listWay(platform, absent)))
        .map((name) => `opencore promote ${name}`)
        .join(' && '),
    },
  ]
}

/** A release that was never promoted to an environment which runs others. */
export function releaseMissing({ definition: { name } }: PlatformEnvironment, release: string): Finding {
  return {
    code: 'REF_MISSING',
    severity: 'error',
    at: { file: `${environmentRef(name)}:${release}` },
    found: `${release} was not promoted to ${name} yet`,
    wanted: 'a release that was promoted',
    next: `opencore promote ${name} ${release}`,
  }
}
