export { append, mergeBy, remove, replace } from '@opencore/contract/merge-operators'
export {
  defineData,
  defineDefaults,
  defineEnvironment,
  defineImages,
  definePeers,
  defineService,
  defineTier,
} from './define.ts'
