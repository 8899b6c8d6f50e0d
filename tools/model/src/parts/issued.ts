import { isListed, textAt } from '../read-value.ts'
import type { Place } from '../locate/create-locator.ts'
import type { Facts, Part } from './part.ts'

/** A service whose password in its database a vault rotates. */
export interface Issued {
  service: Part
  database: Part
  /** Where the environment says so. */
  place: Place
}

/** What is needed of an environment to know whose passwords are rotated. */
type Said = Facts['environment']

const databaseChart = 'postgres'

/** The user by which a vault logs in to a database, and sets passwords of others. */
export const MANAGER = 'vault'

/** The group of the users whose passwords it sets; charts/postgres knows it by this name. */
export const ROTATED = `${MANAGER}-sets`

/** The Secret of a service's own with user and password, by the last part of its name. */
export const LOGIN_SECRET = 'database-login'

/** The time between two looks into the vault for a password that may be another. */
export const LOGIN_REFRESH = '1m'

/** The user by which a service logs in, whose objects belong to the owner of the database. */
export const loginUserOf = ({ name }: Pick<Part, 'name'>): string => `${name}-login`

/** Every service whose password a vault rotates, as far as there is a database for it. */
export function listIssued(parts: readonly Part[], { value, place }: Said): Issued[] {
  return (value.rotatedCredentials ?? []).flatMap((name, index) => {
    const service = parts.find((part) => part.name === name)
    const database = service && databaseOf(service, parts)
    return database ? { service, database, place: { ...place, path: ['rotatedCredentials', index] } } : []
  })
}

/** The database of a service, where it has one. */
export function databaseOf({ uses }: Part, parts: readonly Part[]): Part | undefined {
  const to = uses.find(({ kind }) => kind === databaseChart)?.to
  return parts.find(({ name, kind }) => kind === databaseChart && name === to)
}

/** Whether a service logs in to this database by a password that a vault rotates. */
export function isIssued({ values }: Part, service: Part): boolean {
  const manager = textAt(values, 'passwordRotation', 'role')
  return (
    manager !== undefined && isListed(values, `${manager}-sets`, 'roles', loginUserOf(service), 'inRoles')
  )
}
