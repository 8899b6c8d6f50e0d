import type { DataLayer, Environment } from '@opencore/model/define'

/**
 * The region of production that takes writes. This one value promotes the other: services run where it says, the
 * databases there become primary, and Kafka is copied from there to the other.
 */
export const activeRegion: ProductionRegion = 'eu-west-1'

const productionRegions = ['eu-west-1', 'eu-central-1'] as const

/** A region of production. */
export type ProductionRegion = (typeof productionRegions)[number]

/** Whether a region of production serves or waits. */
export function roleOf(region: ProductionRegion): 'active' | 'standby' {
  return region === activeRegion ? 'active' : 'standby'
}

/**
 * The other region, as a region sees it. Its Kafka is read with two Secrets that a person, or a tool that copies
 * Secrets, brings over once: `<kafka>-<other environment>-ca` from its `<kafka>-cluster-ca-cert`, and
 * `<kafka>-<other environment>-user` from its `<kafka>-mirror-<this environment>`.
 */
export function counterpartOf(self: ProductionRegion): NonNullable<Environment['counterpart']> {
  const other = self === 'eu-west-1' ? 'eu-central-1' : 'eu-west-1'
  return { environment: `prod-${other}`, cidrs: networks[other] }
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
    regions: {
      self,
      primary: activeRegion,
      ...(self === activeRegion && { promotion: 'first' as const }),
      members: Object.fromEntries(members),
    },
  }
}

/** Reached with the identity that the cloud gives to pods, so there is no key to keep. */
function archiveOf(region: ProductionRegion) {
  return {
    destinationPath: `s3://${bucketOf(region)}/postgres`,
    s3Credentials: { inheritFromIAMRole: true },
  }
}

const bucketOf = (region: ProductionRegion) => `firefly-opencore-archive-${region}`

/** Private endpoints of the cloud, in each region: of its object store, and of STS, which gives credentials. */
const endpoints: Record<ProductionRegion, { objects: string; sts: string }> = {
  'eu-west-1': { objects: '10.19.252.0/24', sts: '10.19.253.0/24' },
  'eu-central-1': { objects: '10.23.252.0/24', sts: '10.23.253.0/24' },
}

const https = (cidr: string): Environment['addresses'][string] => [
  { cidrs: [cidr], ports: [{ port: 443, protocol: 'TCP' }] },
]

/** Where the archives of both regions are: a region that waits reads the other's. */
export const archives: Environment['addresses'] = Object.fromEntries(
  productionRegions.map((region) => [bucketOf(region), https(endpoints[region].objects)]),
)

/** The roles by which databases of a region write their archive, and read that of the other. */
export function identityOf(region: ProductionRegion): NonNullable<Environment['identity']> {
  const databases = ['accounts-db', 'ledger-db']
  return {
    provider: 'irsa',
    addresses: https(endpoints[region].sts),
    roles: Object.fromEntries(
      databases.map((name) => [name, `arn:aws:iam::444455556666:role/opencore-${region}-${name}`]),
    ),
  }
}
