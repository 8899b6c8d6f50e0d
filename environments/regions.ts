import type { DataLayer, Environment } from '@opencore/model/define'

/**
 * Where production is. To move it takes a commit for each step, and a token of each database between them
 * (docs/moving-production.md): services, databases, and the direction in which Kafka is copied follow.
 */
export const production: Production = { serves: 'eu-west-1', promotion: 'first' }

type Production =
  /** A region serves: it was the first to, or the other is lost. */
  | { serves: ProductionRegion; promotion: 'first' | 'failover' }
  /** First step of a planned move: nobody takes writes, and the other region catches up. */
  | { stepsDown: ProductionRegion }
  /** Second step: the other region serves from the transaction on at which the first stepped down. */
  | { serves: ProductionRegion; promotion: 'planned'; tokens: Record<Database, string> }

const productionRegions = ['eu-west-1', 'eu-central-1'] as const
const databases = ['accounts-db', 'ledger-db'] as const

/** A region of production. */
export type ProductionRegion = (typeof productionRegions)[number]

/** A database of production. */
type Database = (typeof databases)[number]

/** Whether a region of production serves, is about to stop, or waits. */
export function roleOf(region: ProductionRegion): Environment['role'] {
  if ('stepsDown' in production) return region === production.stepsDown ? 'stepping-down' : 'standby'
  return region === production.serves ? 'active' : 'standby'
}

const otherThan = (region: ProductionRegion) => (region === 'eu-west-1' ? 'eu-central-1' : 'eu-west-1')

/** The other region, as a region sees it. The store brings the credentials by which one reads the other's Kafka. */
export function counterpartOf(self: ProductionRegion): NonNullable<Environment['counterpart']> {
  const other = otherThan(self)
  return { environment: `prod-${other}`, cidrs: networks[other], secretStore: 'regions' }
}

/** Where nodes, pods and load balancers of a region are; the two networks are peered. */
const networks: Record<ProductionRegion, string[]> = {
  'eu-west-1': ['10.16.0.0/14'],
  'eu-central-1': ['10.20.0.0/14'],
}

/** The load balancers by which one region reads the other's Kafka have addresses inside these networks alone. */
export const mirroredKafka: DataLayer<'kafka'> = {
  listeners: { mirror: { configuration: { class: 'service.k8s.aws/nlb' } } },
}

/** How the databases of a region are told of those in the other, whose archive they follow while they wait. */
export function databasesOf(self: ProductionRegion): DataLayer<'postgres'> {
  const members = productionRegions.map((region) => [region, { objectStore: archiveOf(region) }] as const)
  return {
    backups: archiveOf(self),
    regions: { self, ...primaryFor(self), members: Object.fromEntries(members) },
  }
}

/** The region that takes writes, as one of the two sees it: while it steps down, the other is no primary yet. */
function primaryFor(self: ProductionRegion): NonNullable<DataLayer<'postgres'>['regions']> {
  if ('stepsDown' in production) return { primary: otherThan(self) }
  const { serves, promotion } = production
  return { primary: serves, ...(self === serves && { promotion }) }
}

/** What each database left when it stepped down, for the region that takes over. */
export function tokensFor(self: ProductionRegion): NonNullable<Environment['data']> {
  if (!('tokens' in production) || self !== production.serves) return {}
  const tokens = Object.entries(production.tokens)
  return Object.fromEntries(tokens.map(([name, promotionToken]) => [name, { regions: { promotionToken } }]))
}

/** Reached with the identity that the cloud gives to pods, so there is no key to keep. */
function archiveOf(region: ProductionRegion) {
  return {
    destinationPath: `s3://${bucketOf(region)}/postgres`,
    s3Credentials: { inheritFromIAMRole: true },
  }
}

const bucketOf = (region: ProductionRegion) => `firefly-opencore-archive-${region}`

/** Private endpoints of the cloud, in each region: of its object store, of STS, which gives credentials, and of keys. */
const endpoints: Record<ProductionRegion, { objects: string; sts: string; kms: string }> = {
  'eu-west-1': { objects: '10.19.252.0/24', sts: '10.19.253.0/24', kms: '10.19.254.0/24' },
  'eu-central-1': { objects: '10.23.252.0/24', sts: '10.23.253.0/24', kms: '10.23.254.0/24' },
}

const https = (cidr: string): Environment['addresses'][string] => [
  { cidrs: [cidr], ports: [{ port: 443, protocol: 'TCP' }] },
]

/** Where the archives of both regions are: a region that waits reads the other's. */
export const archives: Environment['addresses'] = Object.fromEntries(
  productionRegions.map((region) => [bucketOf(region), https(endpoints[region].objects)]),
)

/** Where the key is that unseals the vault of a region. */
export function keysOf(region: ProductionRegion): Environment['addresses'] {
  return { [`kms.${region}.amazonaws.com`]: https(endpoints[region].kms) }
}

/** The key that unseals the vault of a region, which leaves that region as little as its secrets do. */
export function vaultOf(region: ProductionRegion): { seal: { awskms: { region: string; keyId: string } } } {
  return { seal: { awskms: { region, keyId: 'alias/opencore-vault' } } }
}

/** The roles by which databases of a region write their archive, and read that of the other, and its vault unseals. */
export function identityOf(region: ProductionRegion): NonNullable<Environment['identity']> {
  return {
    provider: 'irsa',
    addresses: https(endpoints[region].sts),
    roles: Object.fromEntries(
      [...databases, 'vault'].map((name) => [
        name,
        `arn:aws:iam::444455556666:role/opencore-${region}-${name}`,
      ]),
    ),
  }
}
