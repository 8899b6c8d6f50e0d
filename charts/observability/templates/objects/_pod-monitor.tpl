{{- /*
observability.object.podMonitor: the PodMonitor of Prometheus itself, before the overlay: each of a pair scrapes both. The
operator labels its pods and calls its port. Call: include "observability.object.podMonitor" $
*/ -}}
{{- define "observability.object.podMonitor" -}}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ include "observability.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "observability.labels" . | nindent 4 }}
    {{- with .Values.prometheus.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels: { app.kubernetes.io/name: prometheus }
  podMetricsEndpoints:
    - port: web
{{- end -}}
