{{- /*
kafka.registryDeployment: the manifest of the schema registry's Deployment. Call: include "kafka.registryDeployment" $
*/ -}}
{{- define "kafka.registryDeployment" -}}
{{- $part := dict "root" . "part" "registry" -}}
{{- $mounts := include "kafka.registryMounts" . | fromYaml -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "kafka.name" (dict "root" . "suffix" "registry") | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "kafka.labels" . | nindent 4 }}
spec:
  replicas: {{ include "kafka.registryServes" . | empty | ternary 0 (int .Values.registry.replicas) }}
  revisionHistoryLimit: 5
  # As long as a start may take (five minutes to replay the journal), and five to find a node and pull the image.
  progressDeadlineSeconds: 600
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels: {{- include "kafka.podsOf" $part | nindent 6 }}
  template:
    metadata:
      labels: {{- include "kafka.registryPodLabels" $part | nindent 8 }}
      {{- with .Values.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "kafka.registryPod" $part | nindent 6 }}
      topologySpreadConstraints: {{- include "kafka.evenly" (include "kafka.podsOf" $part) | trim | nindent 8 }}
      containers:
        - name: registry
          image: {{ include "common.image" (dict "image" .Values.registry.image "at" "registry.image") | quote }}
          imagePullPolicy: IfNotPresent
          ports:
            - { name: https, containerPort: 8443, protocol: TCP }
            - { name: metrics, containerPort: 9000, protocol: TCP }
          env:
            {{- range $name, $value := include "kafka.registryEnv" . | fromYaml }}
            - { name: {{ $name | quote }}, value: {{ $value | squote }} }
            {{- end }}
          startupProbe:
            httpGet: { path: /health/live, port: metrics }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 60
          livenessProbe:
            httpGet: { path: /health/live, port: metrics }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: { path: /health/ready, port: metrics }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 3
          securityContext: {{- include "kafka.registryContainer" . | nindent 12 }}
          resources: {{- include "kafka.withDisk" (dict "resources" .Values.registry.resources "volumes" (list "256Mi")) | nindent 12 }}
          volumeMounts: {{- include "kafka.mounts" $mounts | nindent 12 }}
      volumes: {{- include "kafka.volumes" (dict "mounts" $mounts "tmp" "256Mi") | nindent 8 }}
{{- end -}}
