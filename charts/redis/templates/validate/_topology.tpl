{{- /* A majority can be found and lost: three leaders at least, an odd number of Sentinels. */ -}}
{{- define "redis.validate.topology" -}}
{{- $leaders := int .Values.cluster.leaders -}}
{{- $sentinels := int .Values.sentinel.members -}}
{{- if and (eq .Values.mode "cluster") (lt $leaders 3) }}
cluster.leaders is {{ $leaders }}; want 3 or more, or no majority of leaders could agree on a failover; set cluster.leaders to 3, or mode to sentinel
{{- end -}}
{{- if eq .Values.mode "sentinel" -}}
{{- if lt $sentinels 3 }}
sentinel.members is {{ $sentinels }}; want 3 or more, or losing one Sentinel ends all failovers; set sentinel.members to 3
{{- else if eq (mod $sentinels 2) 0 }}
sentinel.members is {{ $sentinels }}, an even number, which bears no more losses than {{ sub $sentinels 1 }} and splits in halves; want an odd one; set sentinel.members to {{ sub $sentinels 1 }} or {{ add $sentinels 1 }}
{{- end -}}
{{- if gt (int .Values.sentinel.downAfterMilliseconds) (int .Values.sentinel.failoverTimeoutMilliseconds) }}
sentinel.downAfterMilliseconds is {{ int .Values.sentinel.downAfterMilliseconds }} and sentinel.failoverTimeoutMilliseconds is {{ int .Values.sentinel.failoverTimeoutMilliseconds }}; want the timeout not below the silence, or an attempt is given up before a new master can answer; raise sentinel.failoverTimeoutMilliseconds
{{- end -}}
{{- end -}}
{{- if and (ne .Values.mode "cluster") .Values.cluster.separatePairs }}
cluster.separatePairs is true and mode is {{ .Values.mode }}, which has no leaders and followers; want it for a cluster alone; set cluster.separatePairs to false
{{- end -}}
{{- end -}}

{{- /* A drain never takes so many servers that the rest has no majority. */ -}}
{{- define "redis.validate.disruption" -}}
{{- if and .Values.pdb.enabled (ne .Values.mode "standalone") -}}
{{- $voters := eq .Values.mode "cluster" | ternary (int .Values.cluster.leaders) (include "redis.servers" . | int) -}}
{{- $allowed := div (sub $voters 1) 2 | max 1 -}}
{{- if gt (int .Values.pdb.maxUnavailable) (int $allowed) }}
pdb.maxUnavailable is {{ int .Values.pdb.maxUnavailable }} of {{ $voters }} {{ eq .Values.mode "cluster" | ternary "leaders" "servers" }}, so a drain could take the majority; want at most {{ $allowed }}; set pdb.maxUnavailable to {{ $allowed }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The operator's kinds take any text here, and its StatefulSets do not. */ -}}
{{- define "redis.validate.tolerations" -}}
{{- range $at, $toleration := .Values.tolerations -}}
{{- range $name, $allowed := dict "effect" (list "NoSchedule" "PreferNoSchedule" "NoExecute") "operator" (list "Exists" "Equal") -}}
{{- $found := get $toleration $name -}}
{{- if and $found (not (has $found $allowed)) }}
tolerations[{{ $at }}].{{ $name }} is {{ $found }}, and the operator could make no pods with it; want {{ join ", " $allowed }}; correct it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
