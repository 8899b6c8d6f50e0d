{{- /* vault.object.podDisruptionBudget: the PodDisruptionBudget, before the overlay. Call: include "vault.object.podDisruptionBudget" $ */ -}}
{{- define "vault.object.podDisruptionBudget" -}}
{{- if gt (int .Values.replicas) 1 }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "vault.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "vault.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "vault.selectorLabels" . | nindent 6 }}
{{- end }}
{{- end -}}
