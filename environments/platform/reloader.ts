import { definePlatformPart } from '@opencore/model/define'

/** It replaces the pods of services whose certificate or password has changed. */
export const reloader = definePlatformPart({
  name: 'reloader',
  namespace: 'reloader',
  podLabels: { group: 'com.stakater.platform', provider: 'stakater' },
})
