{{- /* kafka.object.job: the Job that sets the registry's rules, before the overlay. Call: include "kafka.object.job" $ */ -}}
{{- define "kafka.object.job" -}}
{{- if include "kafka.setsRules" . }}
{{- $pod := include "kafka.schemaJobPod" . }}
{{- $run := $pod }}
{{- with .Values.overlay.job }}
{{- $run = print $pod (toJson .) }}
{{- end }}
# No hook, for which `helm install` would wait: it tries again until the registry answers. A Job's pods cannot be changed,
# so other rules make another Job, under another name.
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "kafka.name" (dict "root" . "suffix" (printf "registry-rules-%s" (sha256sum $run | trunc 8))) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "kafka.labels" . | nindent 4 }}
spec:
  # Tries come further and further apart, up to five minutes: for a day.
  backoffLimit: 300
  template: {{- $pod | nindent 4 }}
{{- end }}
{{- end -}}
