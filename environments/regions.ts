import type { DataLayer } from '@opencore/model/define'

/**
 * The region of production that takes writes. This one value promotes the other: services run where it says, and the
 * databases there become primary.
 */
export const activeRegion: ProductionRegion = 'eu-west-1'

const productionRegions = ['eu-west-1', 'eu-central-1'] as const

/** A region of production. */
export type ProductionRegion = (typeof productionRegions)[number]

/** Whether a region of production serves or waits. */
export function roleOf(region: ProductionRegion): 'active' | 'standby' {
  return region === activeRegion ? 'active' : 'standby'
}

/** How the databases of a region are told of those in the other, whose archive they follow while they wait. */
export function databasesOf(self: ProductionRegion): DataLayer<'postgres'> {
  const members = productionRegions.map((region) => [region, { objectStore: archiveOf(region) }] as const)
  return {
    backups: archiveOf(self),
    regions: { self, primary: activeRegion, members: Object.fromEntries(members) },
  }
}

/** Reached with the identity that the cloud gives to pods, so there is no key to keep. */
function archiveOf(region: ProductionRegion) {
  return {
    destinationPath: `s3://firefly-opencore-archive-${region}/postgres`,
    s3Credentials: { inheritFromIAMRole: true },
  }
}
