{{- /* service.object.verticalPodAutoscaler: the VerticalPodAutoscaler, before the overlay. Call: include "service.object.verticalPodAutoscaler" $ */ -}}
{{- define "service.object.verticalPodAutoscaler" -}}
{{- if and .Values.vpa.enabled (ne .Values.role "standby") }}
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata:
  name: {{ include "service.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  targetRef: {{- include "service.workload" . | nindent 4 }}
  updatePolicy:
    updateMode: {{ quote .Values.vpa.updateMode }}
  resourcePolicy:
    containerPolicies:
      - containerName: app
        controlledResources: {{- toYaml .Values.vpa.controlledResources | nindent 10 }}
        controlledValues: {{ .Values.vpa.controlledValues }}
        {{- with .Values.vpa.minAllowed }}
        minAllowed: {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- with .Values.vpa.maxAllowed }}
        maxAllowed: {{- toYaml . | nindent 10 }}
        {{- end }}
      - containerName: '*'
        mode: 'Off'
{{- end }}
{{- end -}}
