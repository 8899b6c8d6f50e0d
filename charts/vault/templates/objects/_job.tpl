{{- /* vault.object.job: the Job that applies the configuration, before the overlay. Call: include "vault.object.job" $ */ -}}
{{- define "vault.object.job" -}}
{{- $pod := include "vault.jobPod" (dict "root" . "renew" "no") }}
{{- $run := printf "%s%s" $pod (include "vault.configuration" .) }}
{{- with .Values.overlay.job }}
{{- $run = print $run (toJson .) }}
{{- end }}
# No hook, for which `helm install` would wait: it tries again until the servers answer. A Job's pods cannot be changed, so
# another configuration makes another Job, under another name.
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "vault.name" (dict "root" . "suffix" (printf "configuration-%s" (sha256sum $run | trunc 8))) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "vault.labels" . | nindent 4 }}
spec:
  # Tries come further and further apart, up to five minutes: for a day.
  backoffLimit: 300
  template: {{- $pod | nindent 4 }}
{{- end -}}
