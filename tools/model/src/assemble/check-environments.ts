import type { Finding } from '@opencore/contract'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'
import { checkApiServer } from './check-api-server.ts'
import { unknownName } from './unknown-name.ts'

/**
 * Environments and what they refer to. Findings: `ENVIRONMENTS_EMPTY`, `ENVIRONMENT_FOLDER`, `TIER_UNKNOWN`,
 * `API_SERVER_UNSEEN`, `SERVICE_UNKNOWN` and `DATA_UNKNOWN` for values of what does not exist.
 */
export function checkEnvironments(
  { data, environments, tiers, services }: Definitions,
  locate: Locator,
): Finding[] {
  if (environments.length === 0) return [noEnvironments]
  const tierNames: string[] = tiers.map(({ value }) => value.name)
  const dataNames = data.map(({ value }) => value.name)
  const serviceNames = services.map(({ value }) => value.name)
  return environments.flatMap((environment) => {
    const { value, place } = environment
    const strangers = Object.keys(value.services ?? {}).filter((name) => !serviceNames.includes(name))
    const strange = Object.keys(value.data ?? {}).filter((name) => !dataNames.includes(name))
    return [
      ...strange.map((name) =>
        unknownName('data', name, dataNames, locate({ ...place, path: ['data', name] })),
      ),
      ...(tierNames.includes(value.tier)
        ? []
        : [unknownName('tier', value.tier, tierNames, locate({ ...place, path: ['tier'] }))]),
      ...strangers.map((name) =>
        unknownName('service', name, serviceNames, locate({ ...place, path: ['services', name] })),
      ),
      ...checkApiServer(environment, locate),
      ...(place.file === `environments/${value.name}/index.ts` ? [] : [misplaced(value.name, place.file)]),
    ]
  })
}

/** Without environments every Application would be deleted; that is never what an empty folder means. */
const noEnvironments: Finding = {
  code: 'ENVIRONMENTS_EMPTY',
  severity: 'error',
  at: { file: 'environments' },
  found: 'there is no environment',
  wanted: 'at least one folder with an index.ts that defines an environment',
  next: 'if a platform is to end, delete its environments one by one with `opencore generate --allow-delete`',
}

/** An environment lives in the folder of its name: CODEOWNERS, refs and overrides all go by it. */
function misplaced(name: string, file: string): Finding {
  return {
    code: 'ENVIRONMENT_FOLDER',
    severity: 'error',
    at: { file },
    found: `the environment \`${name}\` is defined in ${file}`,
    wanted: `it in environments/${name}/index.ts`,
    next: 'rename the folder or the environment',
  }
}
