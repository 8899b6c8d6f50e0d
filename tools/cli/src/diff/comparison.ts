import type { Finding } from '@opencore/contract'
import type { ChangeGroup, ComparedObject } from '@opencore/delivery'
import type { Platform } from '@opencore/model'
import type { Headings } from '../deliver/format-diff.ts'
import type { Side } from '../deliver/read-side.ts'

/** What a person wants to have compared. */
export interface ComparisonRequest {
  root: string
  platform: Platform
  /** An environment, or a hub's ref. */
  name: string
  /** Releases, of a hub environments; all where there are none. The first may be another environment. */
  names: readonly string[]
  /** Commits of the ref, in the place of its head and of what this checkout renders. */
  from?: string | undefined
  to?: string | undefined
  /** Commits of the sources. */
  sources?: string | undefined
  /** Against what runs in the cluster, and not against what the ref says. */
  live: boolean
  /** Whether what is asked for is a list of objects. */
  byObject: boolean
  /** Of the hub; without it the embedded platform is asked. */
  context?: string | undefined
}

export interface Comparison {
  /** What is compared. */
  title: string
  groups: ChangeGroup[]
  /** Nothing where values are compared. */
  objects?: ComparedObjects
  headings?: Headings
  /** What else is to be said. */
  note?: string
}

/** What is compared, object by object. */
export interface ComparedObjects {
  before: readonly ComparedObject[]
  after: readonly ComparedObject[]
}

/**
 * The objects of two sides.
 * @param names of releases; all where there are none
 */
export function listObjects(before: Side, after: Side, names: readonly string[]): ComparedObjects {
  const list = (side: Side) =>
    [...side].flatMap(([name, { objects }]) => (names.length === 0 || names.includes(name) ? objects : []))
  return { before: list(before), after: list(after) }
}

/** What one asks for does not fit together. */
export const usage = (command: string, found: string, wanted: string): Finding => ({
  code: 'USAGE',
  severity: 'error',
  at: { file: command },
  found,
  wanted,
  next: 'leave them out',
})
