/**
 * What CloudNativePG calls a tablespace in names of volumes and claims: pkg/specs/volumes.go, convertPostgresIDToK8sName.
 * charts/postgres refuses names that become one, or none that Kubernetes takes.
 */
export function tablespaceVolume(tablespace: string): string {
  return tablespace.replace(/^_/, '1').replaceAll(/[$_]/g, '-').toLowerCase()
}
