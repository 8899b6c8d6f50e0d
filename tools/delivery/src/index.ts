export { isSameRelease } from './compare-release.ts'
export { checkRings, type EarlierEnvironment } from './check-rings.ts'
export { describeEnd, explainClosing, isManual, listClosing } from './check-windows.ts'
export { composeUpdate, type EnvironmentUpdate } from './compose-update.ts'
export { execaGit } from './execa-git.ts'
export { findForeign, refTrailer } from './find-foreign.ts'
export { findByHand, type HandChange } from './find-by-hand.ts'
export { gitWords, isAncestor, resolveRevision, runGit, type Repository } from './git.ts'
export { APPROVERS_TRAILER } from './list-change-sets.ts'
export { readEnvironment, type DeliveredEnvironment, type DeliveredRelease } from './read-environment.ts'
export { readHistory, type HistoryEntry } from './read-history.ts'
export { readWithHands, type HandledEnvironment } from './read-with-hands.ts'
export { MODES, parseBatch, parseTree, type TreeEntry } from './parse-git.ts'
export { readFiles } from './read-files.ts'
export { findBranch, resolveNamed } from './resolve-named.ts'
export { RELEASE_FILES, type RenderedRelease } from './release-folder.ts'
export type { ReleaseRecord } from './release-record.ts'
export { isHook, isMadeAnew } from './sync-behaviour.ts'
export { checkCommitter } from './signing/check-committer.ts'
export {
  checkSigner,
  findSigned,
  isTaken,
  wasTaken,
  type SignerTrouble,
  type Taken,
} from './signing/check-signer.ts'
export { commitTree, writeRef, type TreeFile } from './write-ref.ts'
export {
  compareObjects,
  identify,
  kindOf,
  type ComparedObject,
  type ObjectChange,
} from './diff/compare-objects.ts'
export {
  groupAlike,
  sortGroups,
  type ChangeGroup,
  type Risk,
  type SingleChange,
} from './diff/change-group.ts'
export { groupChanges } from './diff/group-changes.ts'
export { listFields, type FieldChange } from './diff/list-fields.ts'
