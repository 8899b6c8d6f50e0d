{{- /*
postgres.schedules: the schedules of each cluster's backups, by name, as JSON. Call: include "postgres.schedules" $ | fromJson
*/ -}}
{{- define "postgres.schedules" -}}
{{- $first := dict "schedule" .Values.backups.schedule "immediate" true -}}
{{- if not .Values.backups.archive -}}
{{- $first = merge $first (dict "method" "volumeSnapshot" "online" false) -}}
{{- end -}}
{{- .Values.backups.enabled | ternary (merge (dict "base" $first) .Values.backups.schedules) dict | toJson -}}
{{- end -}}

{{- /*
postgres.scheduledBackup: the manifest of a ScheduledBackup.
Call: include "postgres.scheduledBackup" (dict "root" $ "cluster" $cluster "name" "base" "backup" $backup)
*/ -}}
{{- define "postgres.scheduledBackup" -}}
{{- $method := .backup.method | default "plugin" -}}
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: {{ .cluster.name }}-{{ .name }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels: {{- include "postgres.labels" .root | nindent 4 }}
spec:
  cluster:
    name: {{ .cluster.name | quote }}
  method: {{ $method }}
  {{- if eq $method "plugin" }}
  pluginConfiguration:
    name: barman-cloud.cloudnative-pg.io
  {{- end }}
  backupOwnerReference: self
  {{- toYaml (omit .backup "method") | nindent 2 }}
{{- end -}}
