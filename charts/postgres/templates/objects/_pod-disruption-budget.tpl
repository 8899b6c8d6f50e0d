{{- /* postgres.object.podDisruptionBudget: the PodDisruptionBudgets of poolers, before the overlay. Call: include "postgres.object.podDisruptionBudget" $ */ -}}
{{- define "postgres.object.podDisruptionBudget" -}}
{{- /* A drain takes one pod of a pooler at a time; the operator makes the budgets of instances itself. */}}
{{- range $cluster := include "postgres.clusterNames" . | fromJsonArray }}
{{- range $name, $pooler := $.Values.poolers }}
{{- if gt ($pooler.instances | default 2 | int) 1 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "postgres.poolerName" (dict "cluster" $cluster "name" $name) | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels: {{- include "postgres.labels" $ | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      cnpg.io/poolerName: {{ include "postgres.poolerName" (dict "cluster" $cluster "name" $name) | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
