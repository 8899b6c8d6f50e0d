import { itemsAt, textAt, valueAt } from '../../read-value.ts'
import { bound, made, role, rule, type Maker, type Manifest } from '../made.ts'
import { BARMAN } from './instance.ts'

const GROUP = 'barmancloud.cnpg.io'

/**
 * What the plugin of backups makes of a Cluster and the ObjectStores that it names, in all one Role: it is made of the first
 * of them. plugin-barman-cloud 0.14 and 0.15, internal/cnpgi/operator/specs/{role,secrets,labels}.go and config/config.go.
 * With stores that name no Secret the Role reads all of them. It is for the account
 * of the Cluster's own name, whichever account the Cluster names (BuildRoleBinding).
 */
export const makeArchiverRoles: Maker = (store, { all, find }) =>
  all('Cluster').flatMap((cluster) => {
    const names = storesOf(cluster)
    if (names[0] !== store.metadata.name) return []
    const { name, namespace = 'default' } = cluster.metadata
    const frame = {
      namespace,
      labels: {
        'barmancloud.cnpg.io/cluster': name,
        'app.kubernetes.io/name': 'barman-cloud-plugin',
        'app.kubernetes.io/instance': name,
        'app.kubernetes.io/component': 'database',
        'app.kubernetes.io/managed-by': 'plugin-barman-cloud',
      },
    }
    const own = `${name}-barman-cloud`
    const secrets = names.flatMap((each) => secretsOf(find('ObjectStore', each)))
    const rules = [
      rule(GROUP, ['objectstores'], ['get', 'watch', 'list'], names),
      rule(GROUP, ['objectstores/status'], ['update'], names),
      rule('', ['secrets'], ['get', 'watch', 'list'], secrets),
    ]
    return [made(role, own, frame, { rules }), bound(own, frame, { role: own, account: name })]
  })

/** The stores that a Cluster archives to, restores from and follows, in the order of their names. */
function storesOf(cluster: Manifest): string[] {
  const external = (source: string | undefined) =>
    itemsAt(cluster, 'spec', 'externalClusters')
      .filter((each) => source !== undefined && textAt(each, 'name') === source)
      .map((each) => valueAt(each, 'plugin'))
  const plugins = [
    ...itemsAt(cluster, 'spec', 'plugins'),
    ...external(textAt(cluster, 'spec', 'bootstrap', 'recovery', 'source')),
    ...external(textAt(cluster, 'spec', 'replica', 'source')),
  ].filter((plugin) => textAt(plugin, 'name') === BARMAN && valueAt(plugin, 'enabled') !== false)
  const names = plugins.flatMap((plugin) => textAt(plugin, 'parameters', 'barmanObjectName') ?? [])
  return [...new Set(names)].sort()
}

/** CollectSecretNamesFromCredentials in specs/secrets.go. */
function secretsOf(store: Manifest | undefined): (string | undefined)[] {
  const login = (kind: string, ...keys: readonly string[]) =>
    keys.map((key) => textAt(store, 'spec', 'configuration', kind, key, 'name'))
  const azure = valueAt(store, 'spec', 'configuration', 'azureCredentials')
  const inherits = ['useDefaultAzureCredentials', 'inheritFromAzureAD'].some(
    (key) => valueAt(azure, key) === true,
  )
  return [
    ...login('s3Credentials', 'accessKeyId', 'secretAccessKey', 'region', 'sessionToken'),
    ...(inherits
      ? []
      : login('azureCredentials', 'connectionString', 'storageAccount', 'storageKey', 'storageSasToken')),
    ...login('googleCredentials', 'applicationCredentials'),
  ]
}
