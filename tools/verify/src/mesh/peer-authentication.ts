import { readSelector, type LabelSelector } from '../label-selector.ts'
import { asLabels, asRecord, asText, isRecord, read } from '../read.ts'
import type { RenderedObject } from '../rendered-object.ts'

/** Whether pods take what comes in plain. */
export interface PeerAuthentication {
  rendered: RenderedObject
  namespace: string
  subjects: LabelSelector | undefined
  /** Of all ports that `ports` does not name; undefined where it follows the next wider policy. */
  mode: string | undefined
  /** The day until which pods may join the mesh, and take what comes in plain. */
  joiningUntil: string | undefined
  /** Modes of single ports of the container. */
  ports: readonly { port: number; mode: string }[]
}

/** Read a rendered PeerAuthentication (security.istio.io/v1). */
export function readPeerAuthentication(rendered: RenderedObject): PeerAuthentication {
  const { metadata, ['spec']: spec } = rendered.object
  const selector = read(spec, 'selector')
  const mode = asText(read(spec, 'mtls', 'mode'))
  return {
    rendered,
    namespace: metadata.namespace ?? 'default',
    subjects: isRecord(selector) ? readSelector(selector) : undefined,
    mode: mode === 'UNSET' ? undefined : mode,
    joiningUntil: asLabels(metadata.annotations)['opencore.dev/joining-until'],
    ports: Object.entries(asRecord(read(spec, 'portLevelMtls'))).flatMap(([port, value]) => {
      const own = asText(read(value, 'mode'))
      return own === undefined || own === 'UNSET' ? [] : [{ port: Number(port), mode: own }]
    }),
  }
}
