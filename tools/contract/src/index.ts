export type { Finding, Position } from './finding.ts'
export { formatFinding, formatPosition, sortFindings } from './finding.ts'
export type { Result } from './result.ts'
export { collect, failure, success } from './result.ts'
