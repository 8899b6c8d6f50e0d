export { assemblePlatform, type Asked } from './assemble/assemble-platform.ts'
export type { Chart, GroupKind, ImageFile, Override, PlatformInput } from './assemble/input.ts'
export { findRelease } from './assemble/assemble-later.ts'
export { imagePath } from './assemble/check-images.ts'
export type { Layer, LayerKind } from './assemble/layer.ts'
export type { Flow, OwnedDefinition, Platform, PlatformEnvironment, Release } from './assemble/platform.ts'
export type { EnvironmentSources } from './assemble/environment-sources.ts'
export { readChart } from './assemble/read-chart.ts'
export type { Defaults } from './define/defaults.ts'
export type { Environment } from './define/environment.ts'
export { imageSchema, type Image } from './define/image.ts'
export type { Service } from './define/service.ts'
export type { Team } from './define/team.ts'
export { nameSchema } from './names.ts'
export { tierNames } from './define/tier.ts'
export type { Delivery, Tier, TierName } from './define/tier.ts'
export { isActive, nextChange, type SyncWindow } from './define/sync-window.ts'
export { replaceValues, type Replacement } from './locate/replace-values.ts'
export { listClusterNamespaces, type PlatformEnd } from './parts/end.ts'
export { dataKindOf, dataKinds, lookOf, serviceChart } from './parts/index.ts'
export { useFlags, type Look, type UseFlag } from './parts/part.ts'
export {
  accessIn,
  archivingKinds,
  listArchives,
  listMade,
  madeKinds,
  podIdentity,
  readKinds,
} from './parts/resources.ts'
export { publishedByService } from './parts/published.ts'
export { handsOver, madeInto, neighboursAmong, runsBefore } from './parts/made.ts'
export type { Manifest } from './parts/made.ts'
export { nameServers } from './parts/derive-dns.ts'
export { clusterAddresses } from './parts/cluster-addresses.ts'
export { ISTIOD } from './parts/mesh-member.ts'
export { networkEnforcers, viewsOfApiServer, type NetworkEnforcer } from './parts/network-enforcer.ts'
export type { Json, JsonObject } from './json.ts'
export type { ExplainedValue, Explanation } from './explain/explain-value.ts'
export { explainValue } from './explain/explain-value.ts'
export { explainWay, type Way } from './explain/explain-way.ts'
export type { Consequence } from './explain/list-consequences.ts'
export {
  listEndNames,
  listWays,
  type DeclaredWay,
  type EnvironmentGraph,
  type GraphEnd,
} from './explain/list-ways.ts'
export { findOwnValues, locateNamedValue, locatePath } from './explain/locate-named-value.ts'
export { formatPath, parsePath } from './format-path.ts'
export { itemsAt, valueAt } from './read-value.ts'
export type { Step } from './explain/trace-steps.ts'
export { resolveReference } from './explain/resolve-reference.ts'
