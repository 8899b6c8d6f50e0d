{{- /* redis.object.podDisruptionBudget: the PodDisruptionBudgets, before the overlay. Call: include "redis.object.podDisruptionBudget" $ */ -}}
{{- define "redis.object.podDisruptionBudget" -}}
{{- if and .Values.pdb.enabled (ne .Values.mode "standalone") }}
# One budget for all servers, so that leader and follower never leave together. The operator's own budgets count each role
# alone; it deletes any that has the name it would give to one of its own.
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "common.fullname" (dict "root" . "suffix" "servers") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ int .Values.pdb.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "redis.serverLabels" . | nindent 6 }}
{{- if eq .Values.mode "sentinel" }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "common.fullname" (dict "root" . "suffix" "sentinels") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "redis.sentinelLabels" . | nindent 6 }}
{{- end }}
{{- end }}
{{- end -}}
