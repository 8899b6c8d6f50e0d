{{- /*
common.overlay: an object with a patch of the values over its `spec`; the object as it is where the patch is empty.
Maps merge. A list whose items have a key of their own (common.overlay.key) merges item by item, as Kubernetes merges its
own lists: the item of the same key is patched, another is added. Every other list is replaced. Nothing is removed:
whatever a chart renders has a value that turns it off.
Call:  include "common.overlay" (dict "object" (include "service.deployment" $) "patch" .Values.overlay.deployment)
       object: text of the manifest.
*/ -}}
{{- define "common.overlay" -}}
{{- if .patch -}}
{{- $object := fromYaml .object -}}
{{- $merged := include "common.overlay.merge" (dict "under" $object.spec "patch" .patch) | fromJson -}}
{{- set $object "spec" $merged.value | toYaml -}}
{{- else -}}
{{- .object -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.problems: what is wrong with a patch, one problem a line, for a chart's _validate.tpl: items of a list without
the key by which they would find theirs.
Call:  include "common.overlay.problems" (dict "object" (include "service.deployment" $) "patch" .Values.overlay.deployment "at" "overlay.deployment")
*/ -}}
{{- define "common.overlay.problems" -}}
{{- if .patch -}}
{{- include "common.overlay.lacking" (dict "under" (fromYaml .object).spec "patch" .patch "at" .at) -}}
{{- end -}}
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
own. They are those of Kubernetes' lists (x-kubernetes-list-map-keys), and `id` of Strimzi's volumes.
Call: include "common.overlay.key" $list
*/ -}}
{{- define "common.overlay.key" -}}
{{- $items := . -}}
{{- $found := "" -}}
{{- range $key := list "name" "mountPath" "devicePath" "containerPort" "port" "ip" "topologyKey" "id" -}}
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

{{- /*
common.overlay.lacking: items of a patch's lists that lack the key of the list that they are for, one a line.
Call: include "common.overlay.lacking" (dict "under" $value "patch" $patch "at" "overlay.deployment")
*/ -}}
{{- define "common.overlay.lacking" -}}
{{- if and (kindIs "map" .under) (kindIs "map" .patch) -}}
{{- range $name, $patch := .patch -}}
{{- include "common.overlay.lacking" (dict "under" (get $.under $name) "patch" $patch "at" (printf "%s.%s" $.at $name)) -}}
{{- end -}}
{{- else if and (kindIs "slice" .under) (kindIs "slice" .patch) -}}
{{- with include "common.overlay.key" .under -}}
{{- $key := . -}}
{{- range $index, $patch := $.patch -}}
{{- $known := list -}}
{{- $under := dict -}}
{{- range $item := $.under -}}
{{- $known = get $item $key | toString | append $known -}}
{{- if eq (get $item $key | toString) (get $patch $key | toString) -}}
{{- $under = $item -}}
{{- end -}}
{{- end -}}
{{- if not (hasKey $patch $key) }}
{{ $.at }}[{{ $index }}] has no {{ $key }}, by which it would find what it patches; want one that is there ({{ join ", " $known }}), or a new one; add {{ $key }}
{{- else -}}
{{- include "common.overlay.lacking" (dict "under" $under "patch" $patch "at" (printf "%s[%d]" $.at $index)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.refused: what is wrong with a chart's `overlay`, one problem a line, for its _validate.tpl: patches over what
is not made, items that find nothing, and fields that a value sets (`<chart>.ownedFields`, which `opencore schema` makes).
Call:  include "common.overlay.refused" (dict "root" $ "objects" (dict "deployment" (dict "template" "service.deployment" "argument" $)))
       objects: by the key of the patch, the template of a manifest that it is for, and its argument; empty where there is none.
       A manifest is made only where it is patched: values that are wrong elsewhere could stop it.
*/ -}}
{{- define "common.overlay.refused" -}}
{{- $owned := include (printf "%s.ownedFields" .root.Chart.Name) .root | fromJson -}}
{{- range $key, $object := .objects -}}
{{- $at := printf "overlay.%s" $key -}}
{{- with get $.root.Values.overlay $key -}}
{{- $patch := . -}}
{{- if $object -}}
{{- $manifest := include $object.template $object.argument -}}
{{- include "common.overlay.problems" (dict "object" $manifest "patch" . "at" $at) -}}
{{- $kind := (fromYaml $manifest).kind -}}
{{- include "common.overlay.owned" (dict "patch" . "values" (get $owned $kind | default dict) "at" $at) -}}
{{- if has $kind (list "Deployment" "StatefulSet" "Job" "CronJob") -}}
{{- $under := eq $kind "CronJob" | ternary "jobTemplate spec template spec " "template spec " -}}
{{- range $path, $value := $owned.Pod -}}
{{- include "common.overlay.owned" (dict "patch" $patch "values" (dict (print $under $path) $value) "at" $at) -}}
{{- end -}}
{{- end -}}
{{- else }}
{{ $at }} is set and there is nothing that it would patch; want the overlay of what is rendered; remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.owned: fields of a patch that a value of the chart sets, one problem a line: said twice they would have two
owners.
Call:  include "common.overlay.owned" (dict "patch" $patch "at" "overlay.deployment"
         "values" (dict "replicas" "replicas" "template spec containers app env" "env"))
       values: by the path of a field, the value that sets it; in a list the path goes on with the `name` of an item.
*/ -}}
{{- define "common.overlay.owned" -}}
{{- range $path, $value := .values -}}
{{- include "common.overlay.ownedAt" (dict "patch" $.patch "path" (splitList " " $path) "value" $value "at" $.at) -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.ownedAt: the problem where a patch has something at a path. Call: see common.overlay.owned
*/ -}}
{{- define "common.overlay.ownedAt" -}}
{{- if not .path }}
{{ .at }} is set, and {{ .value }} does that; want one place for each thing; remove it and use {{ .value }}
{{- else if kindIs "map" .patch -}}
{{- $name := first .path -}}
{{- if hasKey .patch $name -}}
{{- include "common.overlay.ownedAt" (dict "patch" (get .patch $name) "path" (rest .path) "value" .value "at" (printf "%s.%s" .at $name)) -}}
{{- end -}}
{{- else if kindIs "slice" .patch -}}
{{- range $index, $item := .patch -}}
{{- if eq (dig "name" "" $item) (first $.path) -}}
{{- include "common.overlay.ownedAt" (dict "patch" $item "path" (rest $.path) "value" $.value "at" (printf "%s[%d]" $.at $index)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
