import { selectLabels } from '../label-selector.ts'
import { readProtocol, type ContainerPort, type Protocol } from '../pods.ts'
import { asList, isRecord, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const serviceTargetPort: Rule = {
  id: 'SERVICE_TARGET_PORT_UNKNOWN',
  reason: 'A Service port that leads to no container port refuses every connection.',
  check: (cluster) =>
    cluster.objectsOf('Service').flatMap((rendered) => {
      const { metadata } = rendered.object
      const labels = read(rendered.object, 'spec', 'selector')
      if (!isRecord(labels)) return []
      const pods = cluster.podsMatching(metadata.namespace ?? 'default', selectLabels(labels))
      return asList(read(rendered.object, 'spec', 'ports')).flatMap((port) => {
        const target = read(port, 'targetPort') ?? read(port, 'port')
        const protocol = readProtocol(read(port, 'protocol'))
        return pods
          .filter((pod) => !pod.ports.some((candidate) => listensOn(candidate, target, protocol)))
          .map((pod) =>
            complain(rendered, {
              code: serviceTargetPort.id,
              found: `${describeObject(rendered.object)} sends ${protocol} to port ${String(target)}, which no container of ${describeObject(pod.owner.object)} has`,
              wanted: `one of ${listPorts(pod.ports)}`,
              next: 'set targetPort of the Service to the name of a container port',
            }),
          )
      })
    }),
}

/** Whether a container port answers to a number or a name. */
export function listensOn(candidate: ContainerPort, target: unknown, protocol: Protocol): boolean {
  return candidate.protocol === protocol && (candidate.port === target || candidate.name === target)
}

/** `http (TCP 8080), TCP 9090`, or `no port at all`. */
export function listPorts(ports: readonly ContainerPort[]): string {
  const titles = ports.map(({ name, port, protocol }) =>
    name === undefined ? `${protocol} ${port}` : `${name} (${protocol} ${port})`,
  )
  return titles.length > 0 ? titles.join(', ') : 'no port at all'
}
