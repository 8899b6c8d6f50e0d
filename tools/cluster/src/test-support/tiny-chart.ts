import { execa } from 'execa'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A chart repository in a new folder with one small chart, `tiny` 0.1.0; returns the folder. */
export async function packTinyChart(scratch: string, helm: string): Promise<string> {
  const source = join(scratch, 'tiny')
  const repository = join(scratch, 'charts')
  const files = {
    'Chart.yaml': CHART,
    'values.yaml': 'replicas: 1\nextra: ""\n',
    'templates/all.yaml': TEMPLATE,
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(source, name)), { recursive: true })
    await writeFile(join(source, name), text)
  }
  await execa(helm, ['package', source, '--destination', repository])
  await execa(helm, ['repo', 'index', repository])
  return repository
}

const CHART = `apiVersion: v2
name: tiny
version: 0.1.0
`

/** One of each that a stage plays, beside what controllers act on; \`extra\` is for what a test wants to break. */
const TEMPLATE = `apiVersion: apps/v1
kind: Deployment
metadata: { name: "{{ .Release.Name }}" }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: "{{ .Release.Name }}" } }
  template:
    metadata: { labels: { app: "{{ .Release.Name }}" } }
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: { app: "{{ .Release.Name }}" } }
      containers: [{ name: main, image: example.org/tiny:1 }]
---
apiVersion: v1
kind: Service
metadata: { name: "{{ .Release.Name }}" }
spec: { type: LoadBalancer, selector: { app: "{{ .Release.Name }}" }, ports: [{ port: 80 }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: "{{ .Release.Name }}" }
spec:
  maxReplicas: {{ add 2 .Values.replicas }}
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: "{{ .Release.Name }}" }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: "{{ .Release.Name }}" }
spec: { defaultBackend: { service: { name: "{{ .Release.Name }}", port: { number: 80 } } } }
---
apiVersion: v1
kind: Pod
metadata: { name: "{{ .Release.Name }}-hook", annotations: { helm.sh/hook: post-install } }
spec: { restartPolicy: Never, containers: [{ name: main, image: example.org/hook:1 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: "{{ .Release.Name }}" }
spec:
  parentRefs: [{ name: edge, namespace: default }]
  rules: [{ backendRefs: [{ name: "{{ .Release.Name }}", port: 80 }] }]
{{ .Values.extra }}
`
