{{- /*
redis.backupName: the name of the backup's job and policy. Call: include "redis.backupName" $
*/ -}}
{{- define "redis.backupName" -}}
{{- include "common.fullname" (dict "root" . "suffix" "backup") -}}
{{- end -}}

{{- /*
redis.backupLabels: the labels of the backup's pods, which no selector of the servers matches. Call: include "redis.backupLabels" $
*/ -}}
{{- define "redis.backupLabels" -}}
app.kubernetes.io/name: {{ include "redis.backupName" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: backup
{{- end -}}

{{- /*
redis.roleAnnotations: what names the role that a cloud gives to pods of an account. Call: include "redis.roleAnnotations" $
*/ -}}
{{- define "redis.roleAnnotations" -}}
{{- range $name, $value := .Values.serviceAccount.annotations }}
{{ $name | quote }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- /*
redis.azureLabel: pods with this label alone get an Azure identity
(https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html).
Call: include "redis.azureLabel" $
*/ -}}
{{- define "redis.azureLabel" -}}
{{- if hasKey .Values.serviceAccount.annotations "azure.workload.identity/client-id" -}}
azure.workload.identity/use: 'true'
{{- end -}}
{{- end -}}

{{- /*
redis.remoteEnv: rclone's settings of the object storage that are no secret. Call: include "redis.remoteEnv" $
*/ -}}
{{- define "redis.remoteEnv" -}}
{{- range $name, $value := .Values.backup.remote }}
- name: {{ printf "RCLONE_CONFIG_BACKUP_%s" $name | quote }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- /*
redis.dumpScript: takes a snapshot of every master as a replica would, and checks it. Masters of a cluster are asked for,
since a failover moves them. The operator's image has redis-server and redis-cli alone; called by the name of
redis-check-rdb, the server does what that does. Call: include "redis.dumpScript" $
*/ -}}
{{- define "redis.dumpScript" -}}
folder="$DATA/$(date -u +%Y%m%dT%H%M%SZ)"
mkdir "$folder"
cli() { redis-cli{{ if include "redis.hasBackupUser" . }} --user backup{{ end }}{{ if .Values.tls.enabled }} --tls --cacert "$REDIS_CA"{{ end }} "$@"; }
{{- if eq .Values.mode "cluster" }}
cli -h "$REDIS_HOST" -p "$REDIS_PORT" cluster info | grep -q 'cluster_slots_ok:16384' || {
  echo "some slots are not served: a backup now would lack keys" >&2
  exit 1
}
masters="$(cli -h "$REDIS_HOST" -p "$REDIS_PORT" cluster nodes | awk '$3 ~ /master/ && NF > 8 { sub(/@.*/, "", $2); print $2 }')"
{{- else }}
masters="$REDIS_HOST:$REDIS_PORT"
{{- end }}
ln -s "$(command -v redis-server)" "$DATA/redis-check-rdb"
number=0
for master in $masters; do
  file="$folder/$number.rdb"
  cli -h "${master%:*}" -p "${master##*:}" --rdb "$file"
  "$DATA/redis-check-rdb" "$file" > /dev/null || { echo "$file is damaged" >&2; exit 1; }
  number=$((number + 1))
done
rm "$DATA/redis-check-rdb"
test "$number" -gt 0
{{- end -}}

{{- /*
redis.uploadScript: copies the backup to object storage, compares both, then deletes what is older than it has to be.
Call: include "redis.uploadScript" $
*/ -}}
{{- define "redis.uploadScript" -}}
rclone copy --config '' --immutable "$DATA" "$BACKUP"
rclone check --config '' --one-way "$DATA" "$BACKUP"
rclone delete --config '' --min-age {{ int .Values.backup.keepDays }}d --rmdirs "$BACKUP"
{{- end -}}

{{- /*
redis.clientEnv: how the job's and the test's redis-cli reach the server, and the key of their password.
Call: include "redis.clientEnv" (dict "root" $ "passwordKey" "password")
*/ -}}
{{- define "redis.clientEnv" -}}
{{- $passwordKey := .passwordKey -}}
{{- with .root -}}
- name: REDIS_HOST
  value: {{ include "redis.host" . | quote }}
- name: REDIS_PORT
  value: '6379'
{{- if .Values.tls.enabled }}
- name: REDIS_CA
  value: /tls/ca.crt
{{- end }}
{{- if .Values.auth.enabled }}
- name: REDISCLI_AUTH
  valueFrom:
    secretKeyRef:
      name: {{ include "redis.authSecretName" . | quote }}
      key: {{ $passwordKey | quote }}
{{- end }}
{{- end -}}
{{- end -}}

{{- /*
redis.caVolume: the CA alone, and not the key, for clients. Call: include "redis.caVolume" $
*/ -}}
{{- define "redis.caVolume" -}}
- name: tls
  secret:
    secretName: {{ include "redis.tlsSecretName" . | quote }}
    items:
      - { key: ca.crt, path: ca.crt }
{{- end -}}
