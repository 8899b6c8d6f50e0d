{{- /*
service.resources: requests and limits without the entries that were emptied to leave a default out.
Call: include "service.resources" .Values.resources
*/ -}}
{{- define "service.resources" -}}
{{- $kept := omit . "requests" "limits" -}}
{{- range $side := list "requests" "limits" -}}
{{- $entries := dict -}}
{{- range $name, $quantity := get $ $side | default dict -}}
{{- if ne (toString $quantity) "" -}}
{{- $_ := set $entries $name $quantity -}}
{{- end -}}
{{- end -}}
{{- if $entries -}}
{{- $_ := set $kept $side $entries -}}
{{- end -}}
{{- end -}}
{{- toYaml $kept -}}
{{- end -}}

{{- /*
service.ownResources: what the service's container asks for and may use, with what follows where the values leave it open.
Memory is asked for as it may be used: under pressure the kubelet evicts first who uses more than was asked for. The disk
that it may use is that of its folders and logs, or a namespace's default (foundation has 1Gi) evicts it for a heap dump.
Call: include "service.ownResources" $ | fromYaml
*/ -}}
{{- define "service.ownResources" -}}
{{- $logs := include "service.logBytes" . | int64 -}}
{{- $folders := include "service.folderBytes" . | fromJson -}}
{{- $tmp := ne (.Values.tmp.medium | default "") "Memory" | ternary (include "common.bytes" .Values.tmp.sizeLimit | int64) 0 -}}
{{- include "service.withDefaults" (dict "resources" .Values.resources "disk" (add $folders.disk $logs) "usual" (add $tmp $logs)) -}}
{{- end -}}

{{- /*
service.otherResources: the same of another container: its folders are the pod's, so its logs alone are its disk.
Call: include "service.otherResources" $container.resources | fromYaml
*/ -}}
{{- define "service.otherResources" -}}
{{- $logs := include "service.logBytes" . | int64 -}}
{{- include "service.withDefaults" (dict "resources" . "disk" $logs "usual" $logs) -}}
{{- end -}}

{{- /*
service.withDefaults: resources with what follows: `disk` bytes as the limit, of which `usual` are asked for. An entry that
is there stays, an empty one too. Call: include "service.withDefaults" (dict "resources" $resources "disk" 1 "usual" 1)
*/ -}}
{{- define "service.withDefaults" -}}
{{- $limits := .resources.limits | default dict | deepCopy -}}
{{- $requests := .resources.requests | default dict | deepCopy -}}
{{- if not (hasKey $limits "ephemeral-storage") -}}
{{- $_ := include "service.mebibytes" .disk | set $limits "ephemeral-storage" -}}
{{- end -}}
{{- with get $limits "ephemeral-storage" -}}
{{- if not (hasKey $requests "ephemeral-storage") -}}
{{- $_ := min (include "common.bytes" .) $.usual | include "service.mebibytes" | set $requests "ephemeral-storage" -}}
{{- end -}}
{{- end -}}
{{- with get $limits "memory" -}}
{{- if not (hasKey $requests "memory") -}}
{{- $_ := set $requests "memory" . -}}
{{- end -}}
{{- end -}}
{{- merge (dict "limits" $limits "requests" $requests) .resources | toYaml -}}
{{- end -}}

{{- /*
service.logBytes: what a container's logs take on the node: five files of 10Mi, as the kubelet keeps them
(containerLogMaxFiles, containerLogMaxSize of its KubeletConfiguration), and one that is being turned over.
Call: include "service.logBytes" $
*/ -}}
{{- define "service.logBytes" -}}
67108864
{{- end -}}

{{- /*
service.folderBytes: what the pod's folders may hold on disk and in memory, as JSON. Call: include "service.folderBytes" $ | fromJson
*/ -}}
{{- define "service.folderBytes" -}}
{{- $disk := 0 -}}
{{- $memory := 0 -}}
{{- range include "service.mounts" . | fromJsonArray -}}
{{- with (.volume | default dict).emptyDir -}}
{{- $size := include "common.bytes" .sizeLimit | int64 -}}
{{- if eq (.medium | default "") "Memory" -}}
{{- $memory = add $memory $size -}}
{{- else -}}
{{- $disk = add $disk $size -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "disk" $disk "memory" $memory | toJson -}}
{{- end -}}

{{- /*
service.mebibytes: bytes in Mi, rounded up. Call: include "service.mebibytes" 1048576
*/ -}}
{{- define "service.mebibytes" -}}
{{ div (add (int64 .) 1048575) 1048576 }}Mi
{{- end -}}
