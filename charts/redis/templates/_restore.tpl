{{- /*
redis.initContainer: the container that restores a backup; and, also where nothing is restored, the security context of
the operator's own init container, which it takes from here. Call: include "redis.initContainer" $
*/ -}}
{{- define "redis.initContainer" -}}
{{- $backup := .Values.backup }}
initContainer:
  enabled: {{ .Values.restore.from | empty | not }}
  image: {{ include "redis.image" (dict "image" $backup.image "at" "backup.image") | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  securityContext: {{- include "redis.securityContext" . | nindent 4 }}
  resources: {{- include "redis.withDisk" (dict "resources" $backup.resources) | nindent 4 }}
  {{- if .Values.restore.from }}
  command: [sh, -euc]
  args:
    - |
      {{- include "redis.restoreScript" . | nindent 6 }}
  env:
    - name: BACKUP
      value: {{ printf "backup:%s/%s/0.rdb" $backup.bucket .Values.restore.from | quote }}
    - name: DATA
      value: /data
    {{- include "redis.remoteEnv" . | trim | nindent 4 }}
    {{- if $backup.secretName }}
    {{- range $name := list "TYPE" "PROVIDER" "ENDPOINT" "REGION" "ACCESS_KEY_ID" "SECRET_ACCESS_KEY" "ACCOUNT" "KEY" }}
    {{- if not (hasKey $backup.remote $name) }}
    - name: RCLONE_CONFIG_BACKUP_{{ $name }}
      valueFrom:
        secretKeyRef:
          name: {{ $backup.secretName | quote }}
          key: RCLONE_CONFIG_BACKUP_{{ $name }}
          optional: true
    {{- end }}
    {{- end }}
    {{- end }}
  {{- end }}
{{- end -}}

{{- /*
redis.restoreScript: puts a backup where the server looks for its data. A server that keeps a log loads nothing else, but
takes a snapshot for a log of the old, single-file kind. Call: include "redis.restoreScript" $
*/ -}}
{{- define "redis.restoreScript" -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
if [ -n "$(ls -A "$DATA" | grep -v '^lost+found$' || true)" ]; then
  echo "$DATA holds data: nothing is restored"
  exit 0
fi
rclone copyto --config '' "$BACKUP" "$DATA/restored.part"
mv "$DATA/restored.part" "$DATA/{{ hasPrefix "aof" $plan.persistence | ternary "appendonly.aof" "dump.rdb" }}"
{{- end -}}
