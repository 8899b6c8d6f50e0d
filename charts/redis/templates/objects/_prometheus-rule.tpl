{{- /* redis.object.prometheusRule: the PrometheusRule, before the overlay. Call: include "redis.object.prometheusRule" $ */ -}}
{{- define "redis.object.prometheusRule" -}}
{{- if .Values.prometheusRule.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "redis.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
    {{- with .Values.prometheusRule.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    {{- range include "redis.alertGroups" . | fromJsonArray }}
    - name: redis-{{ . }}
      {{- include "common.alertLabels" $.Values.prometheusRule.alertLabels | nindent 6 }}
      rules: {{- include (printf "redis.alerts.%s" .) $ | nindent 8 }}
    {{- end }}
{{- end }}
{{- end -}}

{{- /* redis.alertGroups: the groups of alerts that a release has, as JSON; each has its template redis.alerts.<group>. */ -}}
{{- define "redis.alertGroups" -}}
{{- $always := list "health" "memory" -}}
{{- eq .Values.mode "standalone" | ternary $always (append $always "replication") | toJson -}}
{{- end -}}

{{- /* redis.rules: all alerts of the release, which its dashboard shows, too. Call: include "redis.rules" $ | fromYamlArray */ -}}
{{- define "redis.rules" -}}
{{- range include "redis.alertGroups" . | fromJsonArray }}
{{ include (printf "redis.alerts.%s" .) $ }}
{{- end }}
{{- end -}}
