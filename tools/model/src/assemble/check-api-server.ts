import type { Finding } from '@opencore/contract/findings'
import type { Environment } from '../define/environment.ts'
import type { Definition } from '../definition.ts'
import type { Locator } from '../locate/create-locator.ts'
import { viewsOfApiServer } from '../parts/network-enforcer.ts'

/**
 * The API server's addresses, which have to be those that the enforcer of network policies judges. Finding:
 * `API_SERVER_UNSEEN`.
 */
export function checkApiServer({ value, place }: Definition<Environment>, locate: Locator): Finding[] {
  const addresses = value.addresses['kubernetes-api']
  if (!addresses) return []
  const { networkEnforcer } = value
  const judge =
    networkEnforcer === undefined ? 'an enforcer that is not known may judge' : `${networkEnforcer} judges`
  return viewsOfApiServer(networkEnforcer).flatMap((view): Finding[] => {
    if (view === 'entity' || addresses.some((address) => address.of === view)) return []
    const of = view === 'service' ? 'of its Service, before it is translated' : 'behind its Service'
    return [
      {
        code: 'API_SERVER_UNSEEN',
        severity: 'error',
        at: locate({ ...place, path: ['addresses', 'kubernetes-api'] }),
        found: `no address of \`kubernetes-api\` in ${value.name} is \`of: '${view}'\``,
        wanted: `it: ${judge} the address ${of}, and nothing that calls the API server would start`,
        next: 'add it (`kubectl get service,endpointslices -n default`), or say which enforcer there is in `networkEnforcer`',
      },
    ]
  })
}
