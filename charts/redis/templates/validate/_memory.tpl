{{- /* There is a limit, and data leaves room below it for what is no data. */ -}}
{{- define "redis.validate.memory" -}}
{{- $limit := include "redis.memoryLimit" . | int64 -}}
{{- if not (get (.Values.resources.limits | default dict) "memory") }}
resources.limits.memory is not set, and memory for data is a share of it; want a limit, or Redis grows until the node kills a pod; set resources.limits.memory
{{- else if lt $limit (include "common.bytes" "64Mi" | int64) }}
resources.limits.memory is {{ .Values.resources.limits.memory }}, {{ $limit }} bytes, in which no server starts; want at least 64Mi; set resources.limits.memory with its unit, such as 512Mi
{{- else if .Values.memory.max -}}
{{- $max := include "redis.maxMemory" . | int64 -}}
{{- if gt (mul $max 100) (mul $limit 90) }}
memory.max is {{ .Values.memory.max }}, {{ div (mul $max 100) $limit }} % of resources.limits.memory {{ .Values.resources.limits.memory }}; want at most 90 %, since replicas' buffers and saves need memory beside the data; lower memory.max or raise resources.limits.memory
{{- else if lt (mul $max 100) (mul $limit 10) }}
memory.max is {{ .Values.memory.max }}, {{ $max }} bytes, {{ div (mul $max 100) $limit }} % of resources.limits.memory {{ .Values.resources.limits.memory }}; want at least 10 %, and Redis takes 0 for no limit at all; set memory.max with its unit, such as 512Mi
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What is thrown out fits what the data is for. */ -}}
{{- define "redis.validate.eviction" -}}
{{- $policy := .Values.memory.policy -}}
{{- if $policy -}}
{{- if eq .Values.use "session" -}}
{{- if ne $policy "noeviction" }}
memory.policy is {{ $policy }} and use is session: a full server would throw out sessions and log customers out; want noeviction; remove memory.policy, or set use to cache
{{- end -}}
{{- else if eq .Values.use "rateLimit" -}}
{{- if not (has $policy (list "volatile-ttl" "noeviction")) }}
memory.policy is {{ $policy }} and use is rateLimit: a full server would forget counters that still count; want volatile-ttl or noeviction; remove memory.policy
{{- end -}}
{{- else if eq $policy "noeviction" }}
memory.policy is noeviction and use is {{ .Values.use }}: a full cache would refuse writes instead of making room; want a policy that evicts; remove memory.policy, or set use to session
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Nothing is logged only to be thrown out, and nothing is lost at a restart that must not be. */ -}}
{{- define "redis.validate.persistence" -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
{{- if and (hasPrefix "aof" $plan.persistence) (hasPrefix "allkeys" $plan.policy) }}
persistence.preset is {{ $plan.persistence }} and the memory policy is {{ $plan.policy }}: each write is synced to disk for data that a full server throws out; want rdb or none for what may go, or noeviction for what must stay; set persistence.preset to rdb
{{- end -}}
{{- if and (eq .Values.use "session") (eq $plan.persistence "none") (ne .Values.tier "development") }}
persistence.preset is none and use is session: a restart of all pods would log every customer out; want aof, aofAlways or rdb; remove persistence.preset
{{- end -}}
{{- end -}}

{{- /* A volume holds the data and their copy, which a snapshot or a rewritten log is until it takes the old one's place. */ -}}
{{- define "redis.validate.room" -}}
{{- $max := include "redis.maxMemory" . | int64 -}}
{{- $size := include "common.bytes" .Values.storage.size | int64 -}}
{{- if and (ne (include "redis.plan" . | fromYaml).persistence "none") (lt $size (mul 2 $max)) }}
storage.size is {{ .Values.storage.size }} and memory for data is {{ div $max 1048576 }}Mi: a full volume stops all writes; want twice the memory, for a copy beside the data; set storage.size to {{ div (add (mul 2 $max) 1073741823) 1073741824 }}Gi
{{- end -}}
{{- $masters := eq .Values.mode "cluster" | ternary (int .Values.cluster.leaders) 1 -}}
{{- if and .Values.backup.enabled (lt (include "common.bytes" .Values.backup.size | int64) (mul $masters $max)) }}
backup.size is {{ .Values.backup.size }} and {{ $masters }} master{{ if ne $masters 1 }}s{{ end }} may hold {{ div (mul $masters $max) 1048576 }}Mi: the job would be thrown off its node; want room for all; set backup.size to {{ div (add (mul $masters $max) 1073741823) 1073741824 }}Gi
{{- end -}}
{{- end -}}

{{- /*
A master that must be heard has somebody to hear it. A new leader of a cluster has nobody yet, and redis-cli, with which
the operator adds it, writes to it.
*/ -}}
{{- define "redis.validate.writes" -}}
{{- $wanted := int (include "redis.plan" . | fromYaml).minReplicasToWrite -}}
{{- $replicas := eq .Values.mode "standalone" | ternary 0 (sub .Values.replication.members 1) -}}
{{- if and $wanted (eq .Values.mode "cluster") }}
persistence.minReplicasToWrite is {{ $wanted }} and mode is cluster: a leader that is added has no follower yet, takes no keys, and the cluster would never grow; want none, since a leader that is cut off stops by itself; remove persistence.minReplicasToWrite
{{- else if gt $wanted (int $replicas) }}
persistence.minReplicasToWrite is {{ $wanted }} and a master has {{ int $replicas }} replica{{ if ne (int $replicas) 1 }}s{{ end }} in mode {{ .Values.mode }}, so no write would ever succeed; want at most {{ int $replicas }}; set persistence.minReplicasToWrite to {{ int $replicas }}
{{- end -}}
{{- end -}}
