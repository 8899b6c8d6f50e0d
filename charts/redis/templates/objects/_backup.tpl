{{- /*
redis.backup: the manifest of the backup's CronJob. Call: include "redis.backup" $
*/ -}}
{{- define "redis.backup" -}}
{{- $backup := .Values.backup -}}
{{- $passwordKey := include "redis.hasBackupUser" . | empty | ternary .Values.auth.secret.key "backup" -}}
{{- $security := include "common.containerSecurityContext" (dict "override" (dict "runAsUser" 1000 "runAsGroup" 1000)) -}}
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ include "redis.backupName" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.labels" . | nindent 4 }}
spec:
  schedule: {{ $backup.schedule | quote }}
  timeZone: {{ $backup.timeZone | quote }}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 3600
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 2
      activeDeadlineSeconds: 3600
      template:
        metadata:
          labels:
            {{- include "redis.backupLabels" . | nindent 12 }}
            {{- with include "redis.azureLabel" . }}
            {{- . | nindent 12 }}
            {{- end }}
          {{- with .Values.podAnnotations }}
          annotations: {{- toYaml . | nindent 12 }}
          {{- end }}
        spec:
          restartPolicy: Never
          serviceAccountName: {{ include "redis.backupName" . | quote }}
          automountServiceAccountToken: false
          enableServiceLinks: false
          securityContext: {{- include "redis.podSecurityContext" . | nindent 12 }}
          {{- with .Values.nodeSelector }}
          nodeSelector: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .Values.tolerations }}
          tolerations: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .Values.nodeAffinity }}
          affinity:
            nodeAffinity: {{- toYaml . | nindent 14 }}
          {{- end }}
          {{- with .Values.image.pullSecrets }}
          imagePullSecrets:
            {{- range . }}
            - name: {{ . | quote }}
            {{- end }}
          {{- end }}
          initContainers:
            - name: dump
              image: {{ include "redis.image" (dict "image" .Values.image "at" "image") | quote }}
              imagePullPolicy: {{ .Values.image.pullPolicy }}
              command: [sh, -euc]
              args:
                - |
                  {{- include "redis.dumpScript" . | nindent 18 }}
              env:
                - name: DATA
                  value: /backup
                {{- include "redis.clientEnv" (dict "root" . "passwordKey" $passwordKey) | nindent 16 }}
              securityContext: {{- $security | nindent 16 }}
              resources: {{- include "redis.backupResources" . | nindent 16 }}
              volumeMounts:
                - name: backup
                  mountPath: /backup
                {{- if .Values.tls.enabled }}
                - name: tls
                  mountPath: /tls
                  readOnly: true
                {{- end }}
          containers:
            - name: upload
              image: {{ include "redis.image" (dict "image" $backup.image "at" "backup.image") | quote }}
              imagePullPolicy: {{ .Values.image.pullPolicy }}
              command: [sh, -euc]
              args:
                - |
                  {{- include "redis.uploadScript" . | nindent 18 }}
              env:
                - name: DATA
                  value: /backup
                - name: BACKUP
                  value: {{ printf "backup:%s/redis/%s" $backup.bucket (include "redis.name" .) | quote }}
                {{- include "redis.remoteEnv" . | trim | nindent 16 }}
              {{- with $backup.secretName }}
              envFrom:
                - secretRef:
                    name: {{ . | quote }}
              {{- end }}
              securityContext: {{- $security | nindent 16 }}
              resources: {{- include "redis.backupResources" . | nindent 16 }}
              volumeMounts:
                - name: backup
                  mountPath: /backup
          volumes:
            - name: backup
              emptyDir:
                sizeLimit: {{ $backup.size }}
            {{- if .Values.tls.enabled }}
            {{- include "redis.caVolume" . | nindent 12 }}
            {{- end }}
{{- end -}}
