import { DNS_CACHE } from './derive-dns.ts'
import { API_SERVER } from './network-enforcer.ts'

/** What an environment may have by address that is something in every cluster, and no object store or host beyond it. */
export const clusterAddresses: readonly string[] = [API_SERVER, DNS_CACHE]
