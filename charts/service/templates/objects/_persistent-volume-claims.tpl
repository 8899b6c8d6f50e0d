{{- /* service.object.persistentVolumeClaims: the PersistentVolumeClaims, before the overlay. Call: include "service.object.persistentVolumeClaims" $ */ -}}
{{- define "service.object.persistentVolumeClaims" -}}
{{- if ne .Values.workload.type "StatefulSet" }}
{{- range $name, $volume := .Values.volumes }}
{{- if $volume.claim }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ include "common.fullname" (dict "root" $ "suffix" $name) | quote }}
  namespace: {{ $.Release.Namespace | quote }}
  labels: {{- include "service.labels" $ | nindent 4 }}
  annotations:
    # Data outlives the release: only a person deletes it.
    helm.sh/resource-policy: keep
    argocd.argoproj.io/sync-options: Prune=false,Delete=false
spec: {{- include "service.claimSpec" $volume.claim | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
