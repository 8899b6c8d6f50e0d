import { definePlatformPart } from '@opencore/model/define'

/** The operator of PostgreSQL. */
export const cloudNativePg = definePlatformPart({
  name: 'cloud-native-pg',
  namespace: 'cnpg-system',
  podLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
})
