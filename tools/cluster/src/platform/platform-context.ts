import type { CertificateFiles } from '../control-plane/ensure-certificates.ts'
import type { Journal } from './journal.ts'
import type { Layout } from './layout.ts'
import type { PlatformSpec } from './platform-spec.ts'
import type { Ports } from './ports.ts'
import type { ProcessSet } from './process-set.ts'

/** What the parts of a starting platform share. */
export interface PlatformContext {
  layout: Layout
  spec: PlatformSpec
  ports: Ports
  certificates: CertificateFiles
  processes: ProcessSet
  journal: Journal
}

/** Who owns the fields that the platform itself applies. */
export const FIELD_MANAGER = 'opencore'
