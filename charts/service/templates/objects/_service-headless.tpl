{{- /* service.object.headlessService: the headless Service, before the overlay. Call: include "service.object.headlessService" $ */ -}}
{{- define "service.object.headlessService" -}}
{{- $governs := eq .Values.workload.type "StatefulSet" }}
{{- if or $governs (and .Values.service.headless.enabled (not (include "service.isBatch" .))) }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.headlessName" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "service.labels" . | nindent 4 }}
    app.kubernetes.io/component: headless
  {{- with .Values.service.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: ClusterIP
  clusterIP: None
  {{- with pick .Values.service "ipFamilyPolicy" "ipFamilies" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  # Members of a cluster find each other before they are ready.
  publishNotReadyAddresses: {{ or $governs .Values.service.headless.publishNotReadyAddresses }}
  selector: {{- include "service.selectorLabels" . | nindent 4 }}
  ports: {{- include "service.servicePorts" . | nindent 4 }}
{{- end }}
{{- end -}}
