{{- /*
common.probe: one probe of a container: an HTTP request to a named port, or a Kubernetes probe as it is in `custom`.
Call:  include "common.probe" (dict "probe" .Values.livenessProbe "port" "http")
*/ -}}
{{- define "common.probe" -}}
{{- if .probe.custom -}}
{{ toYaml .probe.custom }}
{{- else -}}
httpGet:
  path: {{ .probe.path | quote }}
  port: {{ .port | quote }}
initialDelaySeconds: {{ int .probe.initialDelaySeconds }}
periodSeconds: {{ int .probe.periodSeconds }}
timeoutSeconds: {{ int .probe.timeoutSeconds }}
failureThreshold: {{ int .probe.failureThreshold }}
{{- end -}}
{{- end -}}
