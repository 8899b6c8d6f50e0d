{{- /* kafka.object.service: the registry's Service, before the overlay. Call: include "kafka.object.service" $ */ -}}
{{- define "kafka.object.service" -}}
{{- if .Values.registry.enabled }}
{{- $part := dict "root" . "part" "registry" }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "kafka.name" (dict "root" . "suffix" "registry") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "kafka.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector: {{- include "kafka.podsOf" $part | nindent 4 }}
  ports:
    - { name: https, port: 8443, targetPort: https, protocol: TCP }
{{- end }}
{{- end -}}
