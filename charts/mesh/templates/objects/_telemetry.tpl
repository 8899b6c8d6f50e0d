{{- /* mesh.object.telemetry: the Telemetry, before the overlay. Call: include "mesh.object.telemetry" $ */ -}}
{{- define "mesh.object.telemetry" -}}
{{- if ne .Values.accessLog "none" }}
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata:
  name: default
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "mesh.labels" . | nindent 4 }}
spec:
  accessLogging:
    - providers: [{ name: envoy }]
      {{- if eq .Values.accessLog "errors" }}
      filter: { expression: response.code >= 400 }
      {{- end }}
{{- end }}
{{- end -}}
