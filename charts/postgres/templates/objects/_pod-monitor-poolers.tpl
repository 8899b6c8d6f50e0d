{{- /* postgres.object.poolerPodMonitors: the PodMonitors of poolers, before the overlay. Call: include "postgres.object.poolerPodMonitors" $ */ -}}
{{- define "postgres.object.poolerPodMonitors" -}}
{{- if .Values.monitoring.podMonitor.enabled }}
{{- range $cluster := include "postgres.clusterNames" . | fromJsonArray }}
{{- range $name, $pooler := $.Values.poolers }}
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ include "postgres.poolerName" (dict "cluster" $cluster "name" $name) | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels: {{- include "postgres.monitorLabels" $ | nindent 4 }}
spec:
  podTargetLabels: [cnpg.io/cluster]
  selector:
    matchLabels:
      cnpg.io/poolerName: {{ include "postgres.poolerName" (dict "cluster" $cluster "name" $name) | quote }}
  podMetricsEndpoints:
    - {{- include "postgres.metricsEndpoint" (dict "root" $ "cluster" $cluster "tls" (include "postgres.poolerMetricsTls" (dict "root" $ "pooler" $pooler))) | nindent 6 }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
