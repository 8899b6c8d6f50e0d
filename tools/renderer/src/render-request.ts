import type { JsonObject } from '@opencore/contract'

/** One release to render. */
export interface RenderRequest {
  /** What the caller calls it; comes back with the result. */
  id: string
  /** Absolute folder of the chart. */
  chart: string
  release: string
  namespace: string
  /** YAML text of the values. */
  values: string
  /** Such as `1.36.3`; empty for the default of the pinned Helm. */
  kubeVersion: string
}

/** A request as it is rendered: `digest` covers all files of the chart, see digestChart. */
export interface DigestedRequest extends RenderRequest {
  digest: string
  answer: AnswerKind
}

/**
 * What the engine is asked for; parsed objects beside the text cost it an eighth more, and what Helm's linter says of both,
 * `linted`, a quarter. `lint` renders for the linter alone, which takes longer than that and finds what does not render.
 */
export type AnswerKind = 'manifests' | 'objects' | 'linted' | 'lint'

/** A rendered object, with the two fields that every object of Kubernetes has. */
export type Manifest = JsonObject & { apiVersion: string; kind: string }

/** What `helm template` would print, to the byte; or Helm's own message why there is nothing. */
export type RenderedText = { id: string } & (
  { manifests: string; error?: never } | { error: string; manifests?: never }
)

/** The same with its objects, in their order, as Kubernetes' own YAML parser reads them. */
export type Rendered = { id: string } & (
  | { manifests: string; objects: Manifest[]; error?: never }
  | { error: string; manifests?: never; objects?: never }
)

/** What `helm lint` prints as `[SEVERITY] path: text`. */
export interface LintMessage {
  severity: 'info' | 'warning' | 'error'
  path: string
  text: string
}

/** The same with what Helm's linter says of it; `known` when an earlier run had asked. */
export type RenderedAndLinted = Rendered & { messages: LintMessage[]; known: boolean }
