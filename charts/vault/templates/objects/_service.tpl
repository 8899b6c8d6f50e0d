{{- /* vault.object.service: both Services, before the overlay. Call: include "vault.object.service" $ */ -}}
{{- define "vault.object.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "vault.name" (dict "root" .) | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "vault.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector: {{- include "vault.selectorLabels" . | nindent 4 }}
  ports:
    - { name: https, port: 8200, targetPort: https, protocol: TCP }
---
# Servers find one another by it before they are ready, and Prometheus finds each of them.
apiVersion: v1
kind: Service
metadata:
  name: {{ include "vault.internalName" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels:
    {{- include "vault.labels" . | nindent 4 }}
    app.kubernetes.io/component: internal
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: {{- include "vault.selectorLabels" . | nindent 4 }}
  ports:
    - { name: https, port: 8200, targetPort: https, protocol: TCP }
    - { name: raft, port: 8201, targetPort: raft, protocol: TCP, appProtocol: tcp }
{{- end -}}
