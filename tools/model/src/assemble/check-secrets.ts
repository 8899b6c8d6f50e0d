import { describeSecret, findSecrets, listNotSecret, type Finding } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import type { Locator } from '../locate/create-locator.ts'
import { locateInLayer, type Layer } from './layer.ts'

/**
 * Secrets that a layer holds in plain, also where a stronger layer wins: what is in git was read. Finding:
 * `SECRET_IN_PLAIN`. What a layer names in the annotation `opencore.dev/not-secret` is none.
 */
export function checkSecrets(layers: readonly Layer[], locate: Locator): Finding[] {
  const exempt = new Set(layers.flatMap(({ values }) => listNotSecret(values)))
  return layers.flatMap((layer) =>
    findSecrets(layer.values, exempt).map((secret) => ({
      severity: 'error',
      at: locateInLayer(layer, secret.path, locate),
      ...describeSecret(secret, `\`${formatPath(secret.path)}\``),
    })),
  )
}
