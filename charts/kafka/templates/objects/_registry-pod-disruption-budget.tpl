{{- /* kafka.object.podDisruptionBudget: the registry's PodDisruptionBudget, before the overlay. Call: include "kafka.object.podDisruptionBudget" $ */ -}}
{{- define "kafka.object.podDisruptionBudget" -}}
{{- if and (include "kafka.registryServes" .) (gt (int .Values.registry.replicas) 1) }}
{{- $part := dict "root" . "part" "registry" }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "kafka.name" (dict "root" . "suffix" "registry") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "kafka.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "kafka.podsOf" $part | nindent 6 }}
{{- end }}
{{- end -}}
