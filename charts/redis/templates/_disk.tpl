{{- /*
redis.scratchBytes: the room of the volume that /data is where nothing is kept; 0 where a claim is mounted. A replica writes
what it copies from its master there, and a copy that broke off stays beside the next. Call: include "redis.scratchBytes" $ | int64
*/ -}}
{{- define "redis.scratchBytes" -}}
{{- eq (include "redis.plan" . | fromYaml).persistence "none" | ternary (mul 2 (include "redis.maxMemory" . | int64)) 0 -}}
{{- end -}}

{{- /*
redis.mebibytes: bytes as a quantity, rounded up. Call: include "redis.mebibytes" 1048577
*/ -}}
{{- define "redis.mebibytes" -}}
{{- div (add (int64 .) 1048575) 1048576 | printf "%dMi" -}}
{{- end -}}

{{- /*
redis.withDisk: resources with the disk that a container's scratch volume, configuration and logs take, where they do not
say it themselves. A namespace's default is otherwise less than many a volume, and the kubelet evicts a pod whose volumes,
logs and layers together are above the sum of its containers' limits.
Call: include "redis.withDisk" (dict "resources" $resources "bytes" 1073741824)
*/ -}}
{{- define "redis.withDisk" -}}
{{- $needed := include "redis.mebibytes" (add 134217728 (int64 (.bytes | default 0))) -}}
{{- $asked := dig "requests" "ephemeral-storage" $needed .resources -}}
{{- $disk := dict "ephemeral-storage" (dig "limits" "ephemeral-storage" $asked .resources) -}}
{{- toYaml (merge (deepCopy .resources) (dict "requests" $disk "limits" (deepCopy $disk))) -}}
{{- end -}}

{{- /*
redis.serverResources: those of a server. Call: include "redis.serverResources" $
*/ -}}
{{- define "redis.serverResources" -}}
{{- include "redis.withDisk" (dict "resources" .Values.resources "bytes" (include "redis.scratchBytes" .)) -}}
{{- end -}}

{{- /*
redis.backupResources: those of the backup's containers, which share a scratch volume. Call: include "redis.backupResources" $
*/ -}}
{{- define "redis.backupResources" -}}
{{- include "redis.withDisk" (dict "resources" .Values.backup.resources "bytes" (include "common.bytes" .Values.backup.size)) -}}
{{- end -}}
