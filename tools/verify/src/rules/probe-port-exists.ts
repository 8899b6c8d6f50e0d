import { asList, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** Fields of a container that call one of its ports. */
const callers = [
  ['startupProbe'],
  ['readinessProbe'],
  ['livenessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const
const calls = ['httpGet', 'tcpSocket', 'grpc'] as const

export const probePortExists: Rule = {
  id: 'PROBE_PORT_UNKNOWN',
  reason:
    'A probe on a port that the container does not have fails for ever: the pod is never ready, or restarts without end.',
  check: (cluster) =>
    cluster.pods.flatMap((pod) =>
      pod.containers.flatMap(({ container, path }) => {
        const known = asList(container['ports'])
          .flatMap((port) => [read(port, 'name'), read(port, 'containerPort')])
          .filter((id) => typeof id === 'string' || typeof id === 'number')
        return callers.flatMap((caller) =>
          calls.flatMap((call) => {
            const port = read(container, ...caller, call, 'port')
            if (typeof port !== 'string' && typeof port !== 'number') return []
            if (known.includes(port)) return []
            return complain(pod.owner, {
              code: probePortExists.id,
              found: `${describeObject(pod.owner.object)} calls port ${port} in ${[pod.path, path, ...caller, call].join('.')}, which the container does not have`,
              wanted: known.length > 0 ? `one of ${known.join(', ')}` : 'a port in the list of the container',
              next: 'name a port of the same container',
            })
          }),
        )
      }),
    ),
}
