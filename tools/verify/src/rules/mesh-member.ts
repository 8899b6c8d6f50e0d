import { ISTIOD } from '@opencore/model'
import { isAmong } from '../network/flow-index.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const meshMember: Rule = {
  id: 'MESH_MEMBER',
  reason: 'A pod without the proxy that the graph gives it takes calls that no account is asked for.',
  check: ({ flows, network, mesh }) => {
    const joining = flows.filter(({ to }) => to === ISTIOD)
    const isJoining = (name: string | undefined, labels: Readonly<Record<string, string>>) =>
      joining.some(({ from, callers }) => from === name && isAmong(labels, callers))
    return network.ends.flatMap(({ pod, name, labels }) => {
      if (!pod) return []
      const isMember = mesh.members.some((member) => member.pod === pod)
      if (isMember === isJoining(name, labels)) return []
      return complain(pod.owner, {
        code: meshMember.id,
        found: isMember
          ? `the pods of ${describeObject(pod.owner.object)} ask for a proxy of the mesh, and no flow leads from them to ${ISTIOD}`
          : `the pods of ${describeObject(pod.owner.object)} get no proxy, and the graph has them in the mesh`,
        wanted: 'a proxy for the pods of services where the environment has a mesh, and for no others',
        next: 'say `mesh` in the definition of the environment, and take labels of the mesh away',
      })
    })
  },
}
