import { definePlatformPart } from '@opencore/model/define'

/** Scrapes services that expose metrics, and the data layer. */
export const prometheus = definePlatformPart({
  name: 'prometheus',
  namespace: 'monitoring',
  podLabels: { 'app.kubernetes.io/name': 'prometheus' },
})
