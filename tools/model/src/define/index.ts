export { append, mergeBy, remove, replace } from '@opencore/contract/merge-operators'
export type { DataLayer } from './data.ts'
export type { Environment } from './environment.ts'
export {
  defineData,
  defineDefaults,
  defineEnvironment,
  definePlatformPart,
  defineService,
  defineTeam,
  defineTier,
} from './define.ts'
