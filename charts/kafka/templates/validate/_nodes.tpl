{{- /* Names that Strimzi makes of the cluster's stay below 63 characters. */ -}}
{{- define "kafka.validate.name" -}}
{{- $name := include "kafka.name" (dict "root" .) -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$" $name) }}
the name of the cluster is {{ quote $name }}; want at most 40 letters, digits and "-", beginning with a letter, since Strimzi appends to it; set fullnameOverride
{{- end -}}
{{- end -}}

{{- /* A quorum has an odd number of members; data outlives the release. */ -}}
{{- define "kafka.validate.nodes" -}}
{{- $production := eq .Values.tier "production" -}}
{{- $quorum := .Values.controllers.enabled | ternary (dict "at" "controllers.replicas" "count" (int .Values.controllers.replicas)) (dict "at" "brokers.replicas" "count" (int .Values.brokers.replicas)) -}}
{{- if eq (mod $quorum.count 2) 0 }}
{{ $quorum.at }} is {{ $quorum.count }}{{ if not $.Values.controllers.enabled }} and brokers are controllers too{{ end }}; want an odd number, since {{ $quorum.count }} controllers survive no more losses than {{ sub $quorum.count 1 }}; set {{ $quorum.at }} to {{ add $quorum.count 1 }}{{ if not $.Values.controllers.enabled }}, or controllers.enabled to true{{ end }}
{{- else if and $production (lt $quorum.count 3) }}
{{ $quorum.at }} is {{ $quorum.count }} and tier is production; want at least 3, to survive the loss of one; set {{ $quorum.at }} to 3
{{- end -}}
{{- if and $production (not .Values.controllers.enabled) }}
controllers.enabled is false and tier is production; want controllers apart from brokers, so that load on one does not stop the other; set controllers.enabled to true
{{- end -}}
{{- if eq .Values.controllers.pool .Values.brokers.pool }}
controllers.pool and brokers.pool are both {{ .Values.brokers.pool }}; want two pools; rename one of them
{{- end -}}
{{- range $name, $_ := .Values.extraPools -}}
{{- if has $name (list $.Values.controllers.pool $.Values.brokers.pool) }}
extraPools.{{ $name }} has the name of a pool of the chart's own; want another name; rename it
{{- end -}}
{{- end -}}
{{- range $name, $pool := include "kafka.pools" . | fromYaml -}}
{{- $at := $pool.at -}}
{{- with $pool.topologySpread -}}
{{- if and $production (ne .zone "DoNotSchedule") (ne .host "DoNotSchedule") (not (hasKey $.Values.extraPools $name)) }}
{{ $at }}.topologySpread.zone is {{ .zone }} and {{ $at }}.topologySpread.host {{ .host }} and tier is production; want one of them strict, or one machine may hold every node; set {{ $at }}.topologySpread.host to DoNotSchedule
{{- end -}}
{{- end -}}
{{- $ids := dict -}}
{{- range $index, $volume := $pool.volumes -}}
{{- $id := $volume.id | toString -}}
{{- if not (hasKey $volume "id") }}
{{ $at }}.volumes[{{ $index }}] has no id; want one, by which its data is found again; set id to {{ $index }}
{{- else if hasKey $ids $id }}
{{ $at }}.volumes[{{ $index }}].id is {{ $id }}, which another volume has; want every id once; change one of them
{{- end -}}
{{- $_ := set $ids $id true -}}
{{- if and (eq $volume.type "ephemeral") (not $volume.sizeLimit) }}
{{ $at }}.volumes[{{ $index }}].sizeLimit is not set; want a bound, or one node fills the disk of its machine; set it
{{- end -}}
{{- if and $production (eq $volume.type "persistent-claim") (not $volume.class) }}
{{ $at }}.volumes[{{ $index }}].class is not set; production wants the class by name, one that encrypts, since the cluster's default may be any; set storageClass, or the class of this volume
{{- end -}}
{{- if and $production $volume.deleteClaim }}
{{ $at }}.volumes[{{ $index }}].deleteClaim is true and tier is production; want disks to outlive their pool; set it to false
{{- end -}}
{{- if and $production (eq $volume.type "ephemeral") }}
{{ $at }}.volumes[{{ $index }}].type is ephemeral and tier is production; want disks to outlive their pod; set it to persistent-claim
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What a node keeps on its machine's disk is let to be there. */ -}}
{{- define "kafka.validate.disk" -}}
{{- range $name, $pool := include "kafka.pools" . | fromYaml -}}
{{- $limit := get ($pool.resources.limits | default dict) "ephemeral-storage" -}}
{{- $bytes := 0 -}}
{{- range include "kafka.scratch" $pool | fromJsonArray -}}
{{- $bytes = add $bytes (include "common.bytes" . | int64) -}}
{{- end -}}
{{- if and $limit $bytes (lt (include "common.bytes" $limit | int64) $bytes) }}
{{ $pool.at }}.resources.limits.ephemeral-storage is {{ $limit }} and its ephemeral volumes take {{ div $bytes 1048576 }}Mi; want room for them, or the kubelet evicts the node; raise it, or remove it
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
The heap leaves room beside it: for the page cache of a node a quarter of the memory, and for classes, compiled code, buffers
and the stacks of threads 256Mi, or 128Mi where an operator has few of them.
*/ -}}
{{- define "kafka.validate.memory" -}}
{{- $jvms := dict -}}
{{- range $name, $pool := include "kafka.pools" . | fromYaml -}}
{{- $_ := set $jvms $pool.at $pool -}}
{{- end -}}
{{- range $at := list "connect" "cruiseControl" "mirror" -}}
{{- with get $.Values $at -}}
{{- if .enabled -}}
{{- $_ := set $jvms $at . -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $at, $jvm := $jvms -}}
{{- include "kafka.heapProblem" (dict "heapAt" (printf "%s.jvmOptions" $at) "options" $jvm.jvmOptions "memoryAt" (printf "%s.resources" $at) "resources" $jvm.resources "beside" "256Mi") -}}
{{- end -}}
{{- $operators := .Values.entityOperator -}}
{{- range $name := list "topicOperator" "userOperator" -}}
{{- include "kafka.heapProblem" (dict "heapAt" "entityOperator.jvmOptions" "options" $operators.jvmOptions "memoryAt" (printf "entityOperator.%s" $name) "resources" (get $operators $name) "beside" "128Mi") -}}
{{- end -}}
{{- end -}}

{{- /*
kafka.heapProblem: why a heap does not fit. Call: include "kafka.heapProblem" (dict "heapAt" "brokers.jvmOptions"
"options" .Values.brokers.jvmOptions "memoryAt" "brokers.resources" "resources" .Values.brokers.resources "beside" "256Mi")
*/ -}}
{{- define "kafka.heapProblem" -}}
{{- $limit := (.resources.limits | default dict).memory -}}
{{- $heap := get (.options | default dict) "-Xmx" -}}
{{- if and $heap (not (regexMatch "^[0-9]+[mMgG]?$" $heap)) }}
{{ .heapAt }}.-Xmx is {{ $heap | quote }}; want a size as Strimzi takes it, such as 512m or 2g; correct it
{{- else if and $limit $heap -}}
{{- $unit := get (dict "m" "Mi" "g" "Gi") (regexFind "[a-z]*$" (lower $heap)) -}}
{{- $bytes := include "common.bytes" (printf "%s%s" (regexFind "^[0-9]+" $heap) $unit) | int64 -}}
{{- $memory := include "common.bytes" $limit | int64 -}}
{{- $beside := max (include "common.bytes" .beside | int64) (div $memory 4) -}}
{{- if gt (add $bytes $beside) $memory }}
{{ .heapAt }}.-Xmx is {{ $heap }} and {{ .memoryAt }}.limits.memory is {{ $limit }}; want {{ div $beside 1048576 }}Mi of it beside the heap, or the kernel kills the pod; lower the heap or raise the limit
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* One broker can be lost without losing a record, and without stopping writes. */ -}}
{{- define "kafka.validate.replication" -}}
{{- $brokers := include "kafka.brokerCount" . | int -}}
{{- $problem := dict "root" . "at" "replication" "factor" (int .Values.replication.factor) "inSync" (int .Values.replication.minInSyncReplicas) "brokers" $brokers -}}
{{- include "kafka.replicationProblem" $problem -}}
{{- range $name, $topic := .Values.topics -}}
{{- if or $topic.replicas (hasKey ($topic.config | default dict) "min.insync.replicas") -}}
{{- $whole := include "kafka.topic" (dict "root" $ "topic" $topic) | fromYaml -}}
{{- include "kafka.replicationProblem" (dict "root" $ "at" (printf "topics.%s" $name) "factor" (int $whole.replicas) "inSync" (get $whole.config "min.insync.replicas" | int) "brokers" $brokers) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "kafka.replicationProblem" -}}
{{- $own := eq .at "replication" -}}
{{- $factor := $own | ternary "replication.factor" (printf "%s.replicas" .at) -}}
{{- $inSync := $own | ternary "replication.minInSyncReplicas" (printf "%s.config.min.insync.replicas" .at) -}}
{{- if gt .factor .brokers }}
{{ $factor }} is {{ .factor }} and there are {{ .brokers }} brokers; want a broker for every copy; raise brokers.replicas or lower {{ $factor }}
{{- end -}}
{{- if and (ge .inSync .factor) (ne .factor 1) }}
{{ $inSync }} is {{ .inSync }} and {{ $factor }} is {{ .factor }}; want fewer, or the loss of one broker stops all writes; set {{ $inSync }} to {{ sub .factor 1 }} or less
{{- else if gt .inSync .factor }}
{{ $inSync }} is {{ .inSync }} and {{ $factor }} is {{ .factor }}; want no more copies than there are, or nothing can be written; set {{ $inSync }} to {{ .factor }}
{{- else if and (eq .root.Values.tier "production") (lt .inSync 2) }}
{{ $inSync }} is {{ .inSync }} and tier is production; want at least 2, or an acknowledged record can be lost with one broker; set {{ $inSync }} to 2 and {{ $factor }} to 3
{{- end -}}
{{- end -}}

{{- /* Names are looked up somewhere. */ -}}
{{- define "kafka.validate.dns" -}}
{{- if and (eq (.Values.dnsPolicy | default "") "None") (not .Values.dnsConfig.nameservers) }}
dnsPolicy is None and dnsConfig.nameservers is empty; want servers to ask; set dnsConfig.nameservers, or remove dnsPolicy
{{- end -}}
{{- end -}}

{{- /* No request is above its limit: Strimzi refuses the whole cluster. An extra pool has what it does not say of brokers. */ -}}
{{- define "kafka.validate.resources" -}}
{{- $resources := dict
      "entityOperator.topicOperator" .Values.entityOperator.topicOperator
      "entityOperator.userOperator" .Values.entityOperator.userOperator
      "cruiseControl.resources" .Values.cruiseControl.resources
      "exporter.resources" .Values.exporter.resources
      "connect.resources" .Values.connect.resources
      "mirror.resources" .Values.mirror.resources
      "registry.resources" .Values.registry.resources -}}
{{- range $name, $pool := include "kafka.pools" . | fromYaml -}}
{{- if or (not (hasKey $.Values.extraPools $name)) (get (get $.Values.extraPools $name) "resources") -}}
{{- $_ := set $resources (printf "%s.resources" $pool.at) $pool.resources -}}
{{- end -}}
{{- end -}}
{{- include "common.requestsAboveLimits" $resources -}}
{{- end -}}
