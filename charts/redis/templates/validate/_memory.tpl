{{- /* There is a limit, and data leaves room below it for what is no data. */ -}}
{{- define "redis.validate.memory" -}}
{{- $limit := include "redis.memoryLimit" . | int64 -}}
{{- if not $limit }}
resources.limits.memory is not set, and memory for data is a share of it; want a limit, or Redis grows until the node kills a pod; set resources.limits.memory
{{- else if .Values.memory.max -}}
{{- $max := include "redis.maxMemory" . | int64 -}}
{{- if gt (mul $max 100) (mul $limit 90) }}
memory.max is {{ .Values.memory.max }}, {{ div (mul $max 100) $limit }} % of resources.limits.memory {{ .Values.resources.limits.memory }}; want at most 90 %, since replicas' buffers and saves need memory beside the data; lower memory.max or raise resources.limits.memory
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

{{- /* A master that must be heard has somebody to hear it. */ -}}
{{- define "redis.validate.writes" -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
{{- $replicas := get (dict "cluster" .Values.cluster.followersPerLeader "standalone" 0) .Values.mode -}}
{{- if has .Values.mode (list "sentinel" "replication") -}}
{{- $replicas = sub .Values.replication.members 1 -}}
{{- end -}}
{{- if gt (int $plan.minReplicasToWrite) (int $replicas) }}
persistence.minReplicasToWrite is {{ int $plan.minReplicasToWrite }}{{ if not (hasKey .Values.persistence "minReplicasToWrite") }} (the default of use {{ .Values.use }}){{ end }} and a master has {{ int $replicas }} replica{{ if ne (int $replicas) 1 }}s{{ end }} in mode {{ .Values.mode }}, so no write would ever succeed; want at most {{ int $replicas }}; {{ eq .Values.mode "cluster" | ternary "raise cluster.followersPerLeader, or " "" }}set persistence.minReplicasToWrite to {{ int $replicas }}
{{- end -}}
{{- end -}}
