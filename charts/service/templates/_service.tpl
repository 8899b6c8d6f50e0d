{{- /*
service.service: the Service for traffic, before the overlay. Call: include "service.service" $
*/ -}}
{{- define "service.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "service.labels" . | nindent 4 }}
  {{- with .Values.service.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .Values.service.type }}
  {{- with .Values.service.trafficDistribution }}
  trafficDistribution: {{ . | quote }}
  {{- end }}
  {{- with pick .Values.service "ipFamilyPolicy" "ipFamilies" "loadBalancerClass" "loadBalancerSourceRanges" "externalTrafficPolicy" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  selector: {{- include "service.selectorLabels" . | nindent 4 }}
  ports: {{- include "service.servicePorts" . | nindent 4 }}
{{- end -}}
