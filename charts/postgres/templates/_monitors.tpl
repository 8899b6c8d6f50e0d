{{- /*
postgres.monitorLabels: labels of a PodMonitor, with those by which a Prometheus chooses it. Call: include "postgres.monitorLabels" $
*/ -}}
{{- define "postgres.monitorLabels" -}}
{{- include "postgres.labels" . }}
{{- with .Values.monitoring.podMonitor.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /*
postgres.metricsEndpoint: where a pod of a cluster is scraped. Pods are scraped by address, which no certificate names,
so a name that the certificate has is asked for. Call: include "postgres.metricsEndpoint" (dict "root" $ "cluster" "accounts-db" "tls" true)
*/ -}}
{{- define "postgres.metricsEndpoint" -}}
port: metrics
interval: {{ .root.Values.monitoring.podMonitor.interval | quote }}
{{- range $key := list "relabelings" "metricRelabelings" }}
{{- with get $.root.Values.monitoring.podMonitor $key }}
{{ $key }}: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- if .tls }}
scheme: https
tlsConfig:
  serverName: {{ .cluster }}-rw
  ca:
    secret:
      name: {{ include "postgres.authoritySecret" (dict "root" .root "cluster" .cluster) | quote }}
      key: ca.crt
{{- end }}
{{- end -}}

{{- /*
postgres.poolerMetricsTls: "true" where a pooler serves its metrics by the cluster's certificate; one of its own may be
for any name. Call: include "postgres.poolerMetricsTls" (dict "root" $ "pooler" $pooler)
*/ -}}
{{- define "postgres.poolerMetricsTls" -}}
{{- if and .root.Values.monitoring.tls (not .pooler.certificate) -}}
true
{{- end -}}
{{- end -}}
