// What every package refuses with. An entry of its own, so that a command which only reports starts without the
// schema compiler: a bundler keeps a whole entry together.
export type { Finding, Position } from './finding.ts'
export { formatFinding, formatPosition, sortFindings } from './finding.ts'
export { FindingsError } from './findings-error.ts'
export { listKeys } from './list-keys.ts'
export { didYouMean, findNearNames } from './near-name.ts'
export type { Result } from './result.ts'
export { collect, failure, success } from './result.ts'
