{{- /*
redis.presets: what each use asks of the server, by name: keys, time to live (seconds), memory policy, persistence, and
replicas that must take a write.

- cache, queryCache: everything can be read again from its source, so the least used goes first and nothing is saved.
  Frequency (lfu) keeps what is asked often; query results age together, so recency (lru) fits them.
- session: throwing one out logs a customer out, so a full server refuses writes instead; the log loses a second at most.
- rateLimit: every counter has a time to live, and the one that ends first is worth least; after a restart counting
  starts again.

Policies: https://redis.io/docs/latest/develop/reference/eviction/
Call: include "redis.presets" $ | fromYaml
*/ -}}
{{- define "redis.presets" -}}
cache:
  { pattern: 'cache:*', ttlSeconds: 3600, policy: allkeys-lfu, persistence: none, minReplicasToWrite: 0 }
queryCache:
  { pattern: 'query:*', ttlSeconds: 300, policy: allkeys-lru, persistence: none, minReplicasToWrite: 0 }
session:
  { pattern: 'session:*', ttlSeconds: 1800, policy: noeviction, persistence: aof, minReplicasToWrite: 1 }
rateLimit:
  { pattern: 'rate:*', ttlSeconds: 60, policy: volatile-ttl, persistence: none, minReplicasToWrite: 0 }
{{- end -}}

{{- /*
redis.plan: the use's preset under what the values choose. A cluster's leader waits for no follower: it begins without
one, and one that is cut off stops by itself. Call: include "redis.plan" $ | fromYaml
*/ -}}
{{- define "redis.plan" -}}
{{- $plan := get (include "redis.presets" . | fromYaml) .Values.use -}}
{{- with .Values.memory.policy -}}
{{- $_ := set $plan "policy" . -}}
{{- end -}}
{{- with .Values.persistence.preset -}}
{{- $_ := set $plan "persistence" . -}}
{{- end -}}
{{- if has .Values.mode (list "cluster" "standalone") -}}
{{- $_ := set $plan "minReplicasToWrite" 0 -}}
{{- end -}}
{{- if hasKey .Values.persistence "minReplicasToWrite" -}}
{{- $_ := set $plan "minReplicasToWrite" .Values.persistence.minReplicasToWrite -}}
{{- end -}}
{{- toYaml $plan -}}
{{- end -}}

{{- /*
redis.keyspaces: every group of keys, by name, with its pattern and time to live. Call: include "redis.keyspaces" $ | fromYaml
*/ -}}
{{- define "redis.keyspaces" -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
{{- $keyspaces := dict -}}
{{- range $name, $own := .Values.keyspaces | default (dict .Values.use dict) -}}
{{- $_ := set $keyspaces $name (dict
      "pattern" ($own.pattern | default (has $name (list $.Values.use) | ternary $plan.pattern (printf "%s:*" $name)))
      "ttlSeconds" ($own.ttlSeconds | default $plan.ttlSeconds | int)) -}}
{{- end -}}
{{- toYaml $keyspaces -}}
{{- end -}}

{{- /*
redis.maxMemory: bytes for data. Call: include "redis.maxMemory" $ | int64
*/ -}}
{{- define "redis.maxMemory" -}}
{{- if .Values.memory.max -}}
{{ include "common.bytes" .Values.memory.max }}
{{- else -}}
{{ div (mul (include "redis.memoryLimit" . | int64) .Values.memory.percentOfLimit) 100 }}
{{- end -}}
{{- end -}}

{{- /*
redis.memoryLimit: bytes that a server's container may use; 0 without a limit. Call: include "redis.memoryLimit" $ | int64
*/ -}}
{{- define "redis.memoryLimit" -}}
{{- $limits := .Values.resources.limits | default dict -}}
{{- include "common.bytes" (get $limits "memory" | default "0") -}}
{{- end -}}

{{- /*
redis.variable: a keyspace's name in clients' environment variables. Call: include "redis.variable" "productPrices"
*/ -}}
{{- define "redis.variable" -}}
{{- . | snakecase | replace "-" "_" | upper -}}
{{- end -}}
