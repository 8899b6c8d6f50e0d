{{- /* service.object.destinationRule: the DestinationRule, before the overlay. Call: include "service.object.destinationRule" $ */ -}}
{{- define "service.object.destinationRule" -}}
{{- if and (include "service.isInMesh" .) (include "service.hasService" .) }}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {{ include "service.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  host: {{ include "service.meshHost" . | quote }}
  # No `tls`: a proxy takes certificates to whoever has them, and a pod that has none yet can still be reached.
  trafficPolicy:
    {{- with .Values.mesh.connectionPool }}
    connectionPool: {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .Values.mesh.outlierDetection }}
    outlierDetection: {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}
{{- end -}}
