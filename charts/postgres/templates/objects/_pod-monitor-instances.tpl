{{- /* postgres.object.instancePodMonitors: the PodMonitors of instances, before the overlay. Call: include "postgres.object.instancePodMonitors" $ */ -}}
{{- define "postgres.object.instancePodMonitors" -}}
{{- if .Values.monitoring.podMonitor.enabled }}
{{- range $cluster := include "postgres.clusterNames" . | fromJsonArray }}
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ $cluster | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels: {{- include "postgres.monitorLabels" $ | nindent 4 }}
spec:
  # The alerts tell clusters apart by it.
  podTargetLabels: [cnpg.io/cluster]
  selector:
    matchLabels:
      cnpg.io/cluster: {{ $cluster | quote }}
      cnpg.io/podRole: instance
  podMetricsEndpoints:
    - {{- include "postgres.metricsEndpoint" (dict "root" $ "cluster" $cluster "tls" $.Values.monitoring.tls) | nindent 6 }}
{{- end }}
{{- end }}
{{- end -}}
