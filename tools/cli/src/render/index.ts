export type { DiskRelease } from './read-releases.ts'
export { readReleases } from './read-releases.ts'
export { renderManifests, renderReleases } from './render-releases.ts'
export { toRequests } from './to-requests.ts'
