{{- /*
postgres.poolerPod: the pod template of a pooler: its size, and one pod a node.
Call: include "postgres.poolerPod" (dict "root" $ "cluster" "accounts-db" "name" "rw" "pooler" $pooler)
*/ -}}
{{- define "postgres.poolerPod" -}}
metadata:
  labels: {{- include "postgres.labels" .root | nindent 4 }}
spec:
  {{- with .root.Values.cluster.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  topologySpreadConstraints:
    {{- range $topology := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ $topology }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          cnpg.io/poolerName: {{ include "postgres.poolerName" $ }}
    {{- end }}
  containers:
    - name: pgbouncer
      resources: {{- .pooler.resources | default (include "postgres.poolerResources" . | fromYaml) | toYaml | nindent 8 }}
{{- end -}}

{{- /*
postgres.poolerResources: what a pooler gets by itself: it runs on one thread. Call: include "postgres.poolerResources" .
*/ -}}
{{- define "postgres.poolerResources" -}}
requests: { cpu: 100m, memory: 64Mi }
limits: { cpu: '1', memory: 64Mi }
{{- end -}}
