{{- /*
The liveness group asks nothing outside the pod, and secrets are not left aside. The names are those of Spring Boot's own
indicators: https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.health
*/ -}}
{{- define "service.validate.spring" -}}
{{- $outside := list "cassandra" "couchbase" "db" "elasticsearch" "hazelcast" "jms" "kafka" "ldap" "mail" "mongo" "neo4j" "r2dbc" "rabbit" "redis" -}}
{{- range .Values.spring.healthGroups.liveness -}}
{{- if has . $outside }}
spring.healthGroups.liveness has {{ . }}, whose fault would restart every pod and mend nothing; want what a restart mends; move it to spring.healthGroups.readiness
{{- end -}}
{{- end -}}
{{- if and .Values.spring.configTree (not .Values.spring.enabled) }}
spring.configTree is set and spring.enabled is false, so nothing reads it; want both; set spring.enabled to true, or mount the Secrets by volumes
{{- end -}}
{{- end -}}

{{- /*
Heap and what is beside it fit into the memory limit, beside folders in memory, and into the request: who uses more than
that is evicted first. What is written to disk fits its volumes.
*/ -}}
{{- define "service.validate.jvm" -}}
{{- $jvm := .Values.jvm -}}
{{- $limits := .Values.resources.limits | default dict -}}
{{- $folders := include "service.folderBytes" . | fromJson -}}
{{- $onDisk := include "service.logBytes" . | add $folders.disk -}}
{{- $inMemory := int64 $folders.memory -}}
{{- with get $limits "ephemeral-storage" | toString -}}
{{- if gt $onDisk (include "common.bytes" . | int64) }}
resources.limits.ephemeral-storage is {{ . }}, and logs, /tmp, dumps, recordings and folders of the pod may hold {{ include "service.mebibytes" $onDisk }}; want room for them, or the pod is evicted; leave resources.limits.ephemeral-storage out, set it to {{ include "service.mebibytes" $onDisk }} or more, or make them smaller
{{- end -}}
{{- end -}}
{{- $limit := get $limits "memory" | default "" | toString -}}
{{- if and $limit $inMemory (not $jvm.enabled) -}}
{{- if le (include "common.bytes" $limit | int64) $inMemory }}
resources.limits.memory is {{ $limit }}, and folders in memory (tmp.medium, volumes.<name>.emptyDir.medium) may hold {{ include "service.mebibytes" $inMemory }} of it; want room for the processes beside them, or the container is killed; set resources.limits.memory above {{ include "service.mebibytes" $inMemory }}, or make the folders smaller
{{- end -}}
{{- end -}}
{{- if $jvm.enabled -}}
{{- if not $limit }}
jvm.heapPercentage is {{ int $jvm.heapPercentage }} and resources.limits.memory is empty, so the heap would be a share of the whole node; want a limit; set resources.limits.memory, or jvm.enabled to false
{{- else -}}
{{- $memory := include "common.bytes" $limit | int64 -}}
{{- $heap := div (mul $memory $jvm.heapPercentage) 100 -}}
{{- $need := include "service.jvmBeside" . | int64 | add $inMemory -}}
{{- $parts := printf "metaspace %s, code %s, direct memory %s, %d stacks of %s, 64Mi of its own" $jvm.maxMetaspaceSize $jvm.codeCacheSize $jvm.maxDirectMemorySize (int $jvm.threads) $jvm.threadStackSize -}}
{{- if $inMemory -}}
{{- $parts = printf "%s, folders in memory %s" $parts (include "service.mebibytes" $inMemory) -}}
{{- end -}}
{{- if lt (sub $memory $heap) $need }}
jvm.heapPercentage {{ int $jvm.heapPercentage }} of resources.limits.memory {{ $limit }} leaves {{ div (sub $memory $heap) 1048576 }}Mi beside the heap, and {{ include "service.mebibytes" $need }} are needed ({{ $parts }}); want room for them, or the container is killed under load; set resources.limits.memory to {{ include "service.mebibytes" (div (mul $need 100) (sub 100 $jvm.heapPercentage) | add 1) }} or more{{ with div (mul (sub $memory $need) 100) $memory | int }}{{ if ge . 10 }}, or jvm.heapPercentage to {{ . }} or less{{ end }}{{ end }}
{{- else -}}
{{- with get ($.Values.resources.requests | default dict) "memory" | toString -}}
{{- if lt (include "common.bytes" . | int64) (add $heap $need) }}
resources.requests.memory is {{ . }}, and a heap of {{ include "service.mebibytes" $heap }} with {{ include "service.mebibytes" $need }} beside it ({{ $parts }}) takes more; want a request that holds them, or the pod is the first to be evicted; leave resources.requests.memory out, and it is the limit
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $jvm.heapDump.enabled -}}
{{- if lt (include "common.bytes" $jvm.heapDump.sizeLimit | int64) $heap }}
jvm.heapDump.sizeLimit is {{ $jvm.heapDump.sizeLimit }} and the heap may have {{ include "service.mebibytes" $heap }}; want room for a whole dump, or the pod is evicted before it is written; set jvm.heapDump.sizeLimit to {{ include "service.mebibytes" $heap }} or more
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $flag := $jvm.extraFlags -}}
{{- range $key, $pattern := dict
      "garbageCollector" "^-XX:[+-]Use[A-Za-z0-9]+GC$"
      "heapPercentage" "^-(Xmx|XX:MaxHeapSize|XX:MaxRAMPercentage)"
      "maxMetaspaceSize" "^-XX:MaxMetaspaceSize"
      "codeCacheSize" "^-XX:ReservedCodeCacheSize"
      "maxDirectMemorySize" "^-XX:MaxDirectMemorySize"
      "threadStackSize" "^-(Xss|XX:ThreadStackSize)"
      "heapDump" "^-XX:([+-]HeapDumpOnOutOfMemoryError|HeapDumpPath)"
      "flightRecorder" "^-XX:(StartFlightRecording|FlightRecorderOptions)" -}}
{{- if regexMatch $pattern $flag }}
jvm.extraFlags has {{ $flag }}, which jvm.{{ $key }} is for; want it once; remove it and set jvm.{{ $key }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
