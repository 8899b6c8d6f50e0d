{{- /*
common.overlay: objects with a patch of the values over their `spec`; as they are where there is no patch, or no object.
Maps merge. A list whose items have a key of their own (common.overlay.key) merges item by item, as Kubernetes merges its
own lists: the item of the same key is patched, another is added. Every other list is replaced. Nothing is removed:
whatever a chart renders has a value that turns it off.
Call:  include "common.overlay" (dict "object" (include "service.deployment" $) "patch" .Values.overlay.deployment)
       include "common.overlay" (dict "object" (include "kafka.connectors" $) "patches" .Values.overlay.connectors)
       object: text of one manifest or more, with `---` between them; patch: over each of them; patches: by their names.
*/ -}}
{{- define "common.overlay" -}}
{{- if or .patch .patches -}}
{{- $patched := list -}}
{{- range $text := include "common.overlay.documents" .object | fromJsonArray -}}
{{- $object := fromYaml $text -}}
{{- with $.patch | default (get ($.patches | default dict) (dig "metadata" "name" "" $object)) -}}
{{- $merged := include "common.overlay.merge" (dict "under" ($object.spec | default dict) "patch" .) | fromJson -}}
{{- $text = set $object "spec" $merged.value | toYaml -}}
{{- end -}}
{{- $patched = trim $text | append $patched -}}
{{- end -}}
{{- join "\n---\n" $patched -}}
{{- else -}}
{{- .object -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.documents: the manifests of a text, each as text, as JSON. Call: include "common.overlay.documents" $text | fromJsonArray
*/ -}}
{{- define "common.overlay.documents" -}}
{{- $documents := list -}}
{{- range $text := regexSplit "(?m)^---$" . -1 -}}
{{- if fromYaml $text -}}
{{- $documents = append $documents $text -}}
{{- end -}}
{{- end -}}
{{- toJson $documents -}}
{{- end -}}

{{- /*
common.overlay.merge: a value with a patch over it, as JSON: {"value": ...}.
Call: include "common.overlay.merge" (dict "under" $value "patch" $patch) | fromJson
*/ -}}
{{- define "common.overlay.merge" -}}
{{- $result := .patch -}}
{{- if and (kindIs "map" .under) (kindIs "map" .patch) -}}
{{- $result = deepCopy .under -}}
{{- range $name, $patch := .patch -}}
{{- $merged := include "common.overlay.merge" (dict "under" (get $result $name) "patch" $patch) | fromJson -}}
{{- $_ := set $result $name $merged.value -}}
{{- end -}}
{{- else if and (kindIs "slice" .under) (kindIs "slice" .patch) -}}
{{- with include "common.overlay.key" .under -}}
{{- $key := . -}}
{{- $result = list -}}
{{- $left := $.patch -}}
{{- range $item := $.under -}}
{{- $others := list -}}
{{- range $patch := $left -}}
{{- if eq (get $patch $key | toString) (get $item $key | toString) -}}
{{- $item = (include "common.overlay.merge" (dict "under" $item "patch" $patch) | fromJson).value -}}
{{- else -}}
{{- $others = append $others $patch -}}
{{- end -}}
{{- end -}}
{{- $left = $others -}}
{{- $result = append $result $item -}}
{{- end -}}
{{- $result = concat $result $left -}}
{{- end -}}
{{- end -}}
{{- dict "value" $result | toJson -}}
{{- end -}}

{{- /*
common.overlay.key: the key by which items of a list are told apart: the first that each of them has, with a value of its
own. They are those of Kubernetes' lists (x-kubernetes-list-map-keys), `id` of Strimzi's volumes, and those of autoscalers'
containers and of alerts.
Call: include "common.overlay.key" $list
*/ -}}
{{- define "common.overlay.key" -}}
{{- $items := . -}}
{{- $found := "" -}}
{{- range $key := list "name" "mountPath" "devicePath" "containerPort" "port" "ip" "topologyKey" "id" "containerName" "alert" -}}
{{- $values := list -}}
{{- range $item := $items -}}
{{- if kindIs "map" $item -}}
{{- if hasKey $item $key -}}
{{- $values = get $item $key | toString | append $values | uniq -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $values (not $found) (eq (len $values) (len $items)) -}}
{{- $found = $key -}}
{{- end -}}
{{- end -}}
{{- $found -}}
{{- end -}}
