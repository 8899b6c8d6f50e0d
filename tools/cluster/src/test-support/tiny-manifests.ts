export interface TinyRelease {
  replicas: number
  /** What a test wants to break: documents of their own. */
  extra?: string
}

/** One of each that a stage plays, beside what controllers act on. */
export const tinyManifests = (name: string, { replicas, extra = '' }: TinyRelease) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: { app: ${name} } }
      containers: [{ name: main, image: example.org/tiny:1 }]
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { type: LoadBalancer, selector: { app: ${name} }, ports: [{ port: 80 }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec:
  maxReplicas: ${replicas + 2}
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec: { defaultBackend: { service: { name: ${name}, port: { number: 80 } } } }
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}-hook, annotations: { helm.sh/hook: post-install } }
spec: { restartPolicy: Never, containers: [{ name: main, image: example.org/hook:1 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name} }
spec:
  parentRefs: [{ name: edge, namespace: default }]
  rules: [{ backendRefs: [{ name: ${name}, port: 80 }] }]
${extra}
`
