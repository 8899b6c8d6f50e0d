import type { Finding } from '@opencore/contract/findings'
import type { ClusterView } from '../cluster-view.ts'
import { listMonitoredPorts } from '../monitored-ports.ts'
import { allowedPorts, isolates } from '../network/evaluate-policies.ts'
import { portsOfFlow } from '../network/flow-index.ts'
import type { End } from '../network/network-end.ts'
import { describePorts, hasPort, unionPorts } from '../network/port-set.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** What the platform calls the part that scrapes. */
const SCRAPER = 'prometheus'

export const monitorPortOpen: Rule = {
  id: 'MONITOR_PORT_CLOSED',
  reason:
    'A monitor whose port is closed to the scraper looks right and scrapes nothing: its alerts never fire.',
  check: (cluster) =>
    cluster.objectsOf('ServiceMonitor', 'PodMonitor').flatMap((monitor) => {
      const findings = checkMonitor(monitor, cluster)
      return [...new Map(findings.map((finding) => [finding.found, finding])).values()]
    }),
}

function checkMonitor(monitor: RenderedObject, cluster: ClusterView): Finding[] {
  const { network } = cluster
  const scrapers = network.endsNamed(SCRAPER)
  return listMonitoredPorts(monitor, cluster).flatMap(({ end, port }): Finding[] => {
    const policies = network.policies.filter((policy) => isolates(policy, 'Ingress', end))
    const [policy] = policies
    const isOpen = scrapers.some((scraper) =>
      hasPort(allowedPorts('Ingress', end, scraper, policies), 'TCP', port),
    )
    if (!policy || isOpen) return []
    const whom =
      scrapers.length > 0 ? SCRAPER : `anybody who scrapes: no part of the platform is called ${SCRAPER}`
    return [
      complain(monitor, {
        code: monitorPortOpen.id,
        found: `${describeObject(monitor.object)} has TCP ${port} of ${end.title} scraped, which ${describeObject(policy.rendered.object)} does not open to ${whom}`,
        wanted: `a flow from ${SCRAPER} to that port`,
        next: `${nameLine(end, port, cluster)}; or turn ${describeObject(monitor.object)} off in the values of ${monitor.release}`,
      }),
    ]
  })
}

/** The line by which the model opens the port, by what is not there yet: who scrapes, a flow from it, one to this port. */
function nameLine({ name = '', title }: End, port: number, { network, flows }: ClusterView): string {
  if (network.endsNamed(SCRAPER).length === 0)
    return `declare in environments/platform/${SCRAPER}.ts whose pods scrape: their namespace and \`podLabels\``
  const declared = flows.filter(({ from, to }) => from === SCRAPER && to === name)
  const ports = unionPorts(declared.map((flow) => portsOfFlow(flow, network)))
  if (declared.length === 0)
    return `write \`metrics: true\` in \`exposes\` of environments/services/${name}.ts, which opens its port for metrics`
  return hasPort(ports, 'TCP', port)
    ? `${SCRAPER} is let in there by the model: take out what replaces \`network.ingress\` of ${name}`
    : `have the monitor ask ${title} at ${describePorts(ports)}, where the model lets ${SCRAPER} in`
}
