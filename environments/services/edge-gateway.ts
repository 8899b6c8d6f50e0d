import { defineService } from '@opencore/model/define'

/** What web and mobile frontends talk to: the only service that is reached from outside. */
export const edgeGateway = defineService({
  name: 'edge-gateway',
  team: 'channels',
  namespace: 'banking-edge',
  uses: { services: ['accounts', 'cards', 'customers', 'payments'] },
  exposes: { edge: { host: 'api', paths: ['/api/v1'] }, metrics: true },
  values: {
    image: { repository: 'registry.firefly-banking.com/channels/edge-gateway' },
    httpRoute: { parentRefs: [{ name: 'public', namespace: 'istio-ingress', sectionName: 'https' }] },
  },
})
