{{- /*
service.jvmEnv: what every Java virtual machine of the container is told, in the form of service.springEnv.
Call: include "service.jvmEnv" $ | fromJson
*/ -}}
{{- define "service.jvmEnv" -}}
{{- $own := dict -}}
{{- if .Values.jvm.enabled -}}
{{- $flags := include "service.jvmFlags" . | splitList "\n" | compact | join " " -}}
{{- $_ := dict "key" "jvm" "value" $flags | set $own "JAVA_TOOL_OPTIONS" -}}
{{- end -}}
{{- toJson $own -}}
{{- end -}}

{{- /*
service.jvmFlags: the flags, one a line. A virtual machine that sees less than two processors or 1792 MiB would choose
the serial collector by itself, and a quarter of the memory limit as its heap. Call: include "service.jvmFlags" $
*/ -}}
{{- define "service.jvmFlags" -}}
{{- with .Values.jvm -}}
-XX:+Use{{ .garbageCollector }}
-XX:MaxRAMPercentage={{ int .heapPercentage }}
-XX:MaxMetaspaceSize={{ include "common.bytes" .maxMetaspaceSize }}
-XX:ReservedCodeCacheSize={{ include "common.bytes" .codeCacheSize }}
-XX:MaxDirectMemorySize={{ include "common.bytes" .maxDirectMemorySize }}
-Xss{{ include "common.bytes" .threadStackSize }}
-XX:+ExitOnOutOfMemoryError
{{- if .heapDump.enabled }}
-XX:+HeapDumpOnOutOfMemoryError
-XX:HeapDumpPath=/var/heap-dumps
{{- end }}
{{- if .flightRecorder.enabled }}
-XX:FlightRecorderOptions=repository=/var/flight-recordings
-XX:StartFlightRecording=name=continuous,settings=default,maxsize={{ include "common.bytes" .flightRecorder.maxSize }},dumponexit=true,filename=/var/flight-recordings/exit.jfr
{{- end }}
{{- range .extraFlags }}
{{ . }}
{{- end }}
{{- end -}}
{{- end -}}

{{- /*
service.jvmBeside: bytes that a virtual machine takes beside its heap, each part as it is capped by its flag: metaspace,
compiled code, direct buffers, and the stacks of its threads; and 64Mi for what no flag caps (the collector's own tables,
symbols, the compilers). Call: include "service.jvmBeside" $ | int64
*/ -}}
{{- define "service.jvmBeside" -}}
{{- with .Values.jvm -}}
{{- $stacks := include "common.bytes" .threadStackSize | mul (int .threads) -}}
{{- $sum := add $stacks 67108864 -}}
{{- range list .maxMetaspaceSize .codeCacheSize .maxDirectMemorySize -}}
{{- $sum = include "common.bytes" . | add $sum -}}
{{- end -}}
{{- $sum -}}
{{- end -}}
{{- end -}}

{{- /*
service.jvmMounts: where dumps and recordings go; they outlive the container, and go with the pod. Recordings take their
size twice, with the dump at the exit, and a chunk more while one is closed.
Call: include "service.jvmMounts" $ | fromJsonArray
*/ -}}
{{- define "service.jvmMounts" -}}
{{- $mounts := list -}}
{{- with .Values.jvm -}}
{{- if and .enabled .heapDump.enabled -}}
{{- $folder := dict "emptyDir" (dict "sizeLimit" .heapDump.sizeLimit) -}}
{{- $mounts = dict "name" "heap-dumps" "mountPath" "/var/heap-dumps" "volume" $folder | append $mounts -}}
{{- end -}}
{{- if and .enabled .flightRecorder.enabled -}}
{{- $size := divf (include "common.bytes" .flightRecorder.maxSize | mul 2) 1048576 | ceil | add 64 | printf "%dMi" -}}
{{- $folder := dict "emptyDir" (dict "sizeLimit" $size) -}}
{{- $mounts = dict "name" "flight-recordings" "mountPath" "/var/flight-recordings" "volume" $folder | append $mounts -}}
{{- end -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end -}}
