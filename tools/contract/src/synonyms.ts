/** What other charts and people call it: names of the same meaning, each list one meaning. */
const MEANINGS = [
  ['replicas', 'replicaCount', 'instances', 'scale', 'size', 'count'],
  ['autoscaling', 'hpa', 'horizontalPodAutoscaler', 'autoscaler', 'minReplicas', 'maxReplicas'],
  ['vpa', 'verticalPodAutoscaler'],
  ['pdb', 'podDisruptionBudget', 'disruptionBudget', 'minAvailable', 'maxUnavailable'],
  ['env', 'environment', 'variables', 'environmentVariables'],
  ['resources', 'cpu', 'memory', 'requests', 'limits'],
  ['sidecars', 'containers', 'extraContainers'],
  ['network', 'networkPolicy', 'netpol', 'policy'],
  ['mesh', 'istio'],
  ['serviceMonitor', 'metrics', 'monitoring', 'prometheus'],
  ['prometheusRule', 'alerts', 'rules'],
  ['ingress', 'host', 'hosts', 'hostname'],
  ['command', 'entrypoint'],
  ['jvm', 'java', 'javaOpts'],
  ['storage', 'persistence', 'disk', 'pvc', 'volumeSize'],
].map((names) => new Set(names.map((name) => name.toLowerCase())))

/** Names of the same meaning as one, in small letters. */
export function synonymsOf(name: string): ReadonlySet<string> {
  return MEANINGS.find((names) => names.has(name.toLowerCase())) ?? new Set()
}
