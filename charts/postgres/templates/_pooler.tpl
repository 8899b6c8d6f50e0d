{{- /*
postgres.poolerPod: the pod template of a pooler: its size, and one pod a node. Its labels say nothing that changes with
a chart or an image: the operator rolls PgBouncer, and its clients' connections, with every change of the template
(computeTemplateHash of pkg/specs/pgbouncer/deployments.go); the standard names are its own anyway.
Call: include "postgres.poolerPod" (dict "root" $ "cluster" "accounts-db" "name" "rw" "pooler" $pooler)
*/ -}}
{{- define "postgres.poolerPod" -}}
metadata:
  labels: {{- include "postgres.ownLabels" .root | nindent 4 }}
  {{- with .pooler.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with pick .pooler "nodeSelector" "tolerations" "affinity" "dnsConfig" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with .root.Values.cluster.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  topologySpreadConstraints:
    {{- range $topology := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ $topology }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          cnpg.io/poolerName: {{ include "postgres.poolerName" $ | quote }}
    {{- end }}
  containers:
    - name: pgbouncer
      {{- $resources := .pooler.resources | default (include "postgres.poolerResources" . | fromYaml) }}
      resources: {{- include "postgres.withDisk" (dict "resources" $resources "disk" "512Mi") | nindent 8 }}
{{- end -}}

{{- /*
postgres.poolerResources: what a pooler gets by itself: it runs on one thread. Its disk takes logs, and the operator's
program, which an init container copies to a volume without a limit (100 MB). Call: include "postgres.poolerResources" .
*/ -}}
{{- define "postgres.poolerResources" -}}
requests: { cpu: 100m, memory: 64Mi }
limits: { cpu: '1', memory: 64Mi }
{{- end -}}
