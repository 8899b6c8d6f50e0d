import type { Finding } from '@opencore/contract/findings'
import { valueAt } from '../read-value.ts'
import { databaseOf } from './issued.ts'
import type { Part, SecretStore } from './part.ts'
import { clustersOf } from './postgres/connections.ts'
import { findVault, vaultChart } from './vault.ts'

/** What is wrong, but for the place. */
type Problem = Omit<Finding, 'at' | 'severity'>

/** What matters of an environment. */
interface Home {
  name: string
  secretStore?: SecretStore
  counterpart?: { environment: string }
}

/** Why the vault of an environment cannot rotate the password of a service. */
export function findRotationProblem(
  service: Part,
  parts: readonly Part[],
  environment: Home,
): Problem | undefined {
  const { name } = service
  const database = databaseOf(service, parts)
  if (!database)
    return {
      code: 'CREDENTIALS_WITHOUT_DATABASE',
      found: `\`${name}\` gets a database's password from the vault, and uses no database`,
      wanted: 'a service with `postgres` in `uses`',
      next: 'take it out, or say in its definition which database it uses',
    }
  const vault = findVault(parts)
  if (!vault || environment.secretStore)
    return {
      code: 'CREDENTIALS_WITHOUT_VAULT',
      found: vault
        ? `\`${name}\` gets its password from the vault, and ${environment.name} has a \`secretStore\` of its own instead`
        : `\`${name}\` gets its password from the vault, and ${environment.name} has none`,
      wanted: `a component of the chart \`${vaultChart}\`, and no \`secretStore\``,
      next: `add the one or remove the other, or take \`${name}\` out`,
    }
  if (environment.counterpart)
    return {
      code: 'CREDENTIALS_REGIONS',
      found: `\`${name}\` gets its password from the vault of ${environment.name}, and ${environment.counterpart.environment} has another vault and the same users`,
      wanted: 'an environment without `counterpart`: two vaults would each set what the other does not know',
      next: `take \`${name}\` out`,
    }
  if (clustersOf(database).length > 1)
    return {
      code: 'CREDENTIALS_SHARDS',
      found: `\`${name}\` gets its password from the vault, and \`${database.name}\` is ${clustersOf(database).length} shards`,
      wanted: 'a database that is one cluster',
      next: `take \`${name}\` out`,
    }
  return findStrange(database, vault)
}

/** The vault verifies the database by the authority that its own certificate is from. */
function findStrange(database: Part, vault: Part): Problem | undefined {
  const known = valueAt(vault.values, 'tls', 'issuerRef')
  const found = valueAt(database.values, 'certificates', 'issuerRef')
  if (JSON.stringify(found) === JSON.stringify(known)) return undefined
  return {
    code: 'CREDENTIALS_AUTHORITY',
    found: `the certificate of \`${database.name}\` is from ${JSON.stringify(found)}, and that of \`${vault.name}\` from ${JSON.stringify(known)}`,
    wanted: 'one issuer for both: the vault knows no other authority to verify the database by',
    next: `remove \`certificates.issuerRef\` of \`${database.name}\`, which then follows`,
  }
}
