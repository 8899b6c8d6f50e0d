import type { JsonObject } from '../../json.ts'

/**
 * model/VolumeUtils.java, createServiceAccountVolume: what Kubernetes would mount itself, with a token of its API. Brokers,
 * controllers, the entity operator, Connect and MirrorMaker 2 have it; Cruise Control and the exporter do not.
 */
export const apiAccess: JsonObject = {
  name: 'kube-api-access',
  projected: {
    defaultMode: 0o644,
    sources: [
      { serviceAccountToken: { path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
}
