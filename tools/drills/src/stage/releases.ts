/** The book of record, and where it is. */
export const CLUSTER = 'ledger-db'
export const NAMESPACE = 'banking-services'
export const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']
export const OWNER = 'ledger'
/** The service that owns the database, and one that calls it and has nothing to do with the database. */
export const SERVICES = [OWNER, 'cards']
/** The releases of staging that are on the stage, beside databases. */
export const RELEASES = { environment: 'staging', names: ['foundation', ...SERVICES] }
