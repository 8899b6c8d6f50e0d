import type { KubernetesObject } from '@opencore/cluster'
import type { Service } from '@opencore/model'
import { localiseDefinition } from '@opencore/nodes'
import type { Environment } from '@opencore/model/define'
import type { RealCluster } from '@opencore/nodes'
import { renderLocalised } from '../../shared/render-localised.ts'

const ENVIRONMENT = 'staging'
/** Who is called, with as many pods as it has. */
const CALLEE = 'accounts'
/** Who calls, with one pod each; the gateway of the edge is in a namespace of its own. */
const CALLERS = ['cards', 'customers', 'edge-gateway']
/** The one edge that differs from the seed's, none of which says for what it calls. */
export const NARROW = { name: 'customers', methods: ['GET' as const], paths: ['/api/v1/customers/*'] }

/** Services of staging with the foundation and the mesh's own release, for a cluster whose API server is there. */
export const renderServices = (api: RealCluster['api']): Promise<KubernetesObject[]> =>
  renderLocalised(
    ENVIRONMENT,
    ['foundation', 'mesh', CALLEE, ...CALLERS],
    (definition) => withOnePodEach(localiseDefinition(definition, api, [])),
    { cards: narrow },
  )

function withOnePodEach(definition: Environment): Environment {
  const services = CALLERS.map((name) => [name, { ...definition.services?.[name], replicas: 1 }])
  return {
    ...definition,
    services: { ...definition.services, ...(Object.fromEntries(services) as Environment['services']) },
  }
}

/** One call of a service for less than everything. */
function narrow(service: Service): Service {
  const { services = [] } = service.uses ?? {}
  const named = services.map((used) => (used === NARROW.name ? NARROW : used))
  return { ...service, uses: { ...service.uses, services: named } }
}
