{{- /*
The pods refer to no Secret but those that serviceAccount.secrets lets them read, and to no other key of them, where it says
so.
*/ -}}
{{- define "service.validate.secrets" -}}
{{- if kindIs "slice" .Values.serviceAccount.secrets -}}
{{- range $name, $volume := .Values.volumes -}}
{{- if eq (dig "csi" "driver" "" $volume) "secrets-store.csi.k8s.io" }}
volumes.{{ $name }}.csi.driver reads a store past the list of Secrets that the service may read; want its secrets to be its own; name them in `uses.secrets` of the service's definition
{{- end -}}
{{- range $index, $source := dig "projected" "sources" list $volume -}}
{{- with dig "serviceAccountToken" "audience" "" $source }}
volumes.{{ $name }}.projected.sources[{{ $index }}].serviceAccountToken.audience is {{ quote . }}, where the pods would log in by themselves; want secrets that are brought to them; name them in `uses.secrets` of the service's definition
{{- end -}}
{{- end -}}
{{- end -}}
{{- $readable := dict -}}
{{- range .Values.serviceAccount.secrets -}}
{{- $_ := set $readable .name (.keys | default list) -}}
{{- end -}}
{{- $names := keys $readable | sortAlpha -}}
{{- $pods := pick .Values "env" "envFrom" "volumes" "sidecars" "initContainers" "overlay" -}}
{{- $tree := dict "spring" (pick .Values.spring "configTree") -}}
{{- range include "service.secretReferences" (dict "at" "" "value" (merge $tree $pods)) | fromJsonArray -}}
{{- $keys := get $readable .name | default list -}}
{{- $others := list -}}
{{- range .keys -}}
{{- if not (has . $keys) -}}
{{- $others = append $others . -}}
{{- end -}}
{{- end -}}
{{- if not (hasKey $readable .name) }}
{{ .at }} is {{ quote .name }}, which the service may not read; want {{ with $names }}one of {{ join ", " . }}{{ else }}none, since nothing that the service uses has one{{ end }}; say in the service's definition what it uses, and refer to what follows from that
{{- else if and $keys (not .keys) }}
{{ .at }} is {{ quote .name }} with all its keys; want {{ join ", " $keys }} alone, since the others are not the service's; name the keys
{{- else if and $keys $others }}
{{ .at }} is {{ quote .name }} with {{ join ", " $others }}; want {{ join ", " $keys }} alone, since the others are not the service's; leave it out
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.secretReferences: every Secret that is named below a value, where, and with which keys; none are all of them. Whatever
kind of field holds it: variables and volumes of any container, and patches over them.
Call: include "service.secretReferences" (dict "at" "" "value" .Values) | fromJsonArray
*/ -}}
{{- define "service.secretReferences" -}}
{{- $found := list -}}
{{- $at := .at -}}
{{- if kindIs "map" .value -}}
{{- with .value.secretName -}}
{{- $found = list (dict "at" (printf "%s.secretName" $at) "name" . "keys" (include "service.itemKeys" $.value | fromJsonArray)) -}}
{{- end -}}
{{- range $key, $inner := .value -}}
{{- $path := empty $at | ternary $key (printf "%s.%s" $at $key) -}}
{{- if and (has $key (list "secretKeyRef" "secretRef" "secret" "nodePublishSecretRef")) (kindIs "map" $inner) (kindIs "string" $inner.name) -}}
{{- $found = append $found (dict "at" (printf "%s.name" $path) "name" $inner.name "keys" (include "service.itemKeys" $inner | fromJsonArray)) -}}
{{- else -}}
{{- $found = include "service.secretReferences" (dict "at" $path "value" $inner) | fromJsonArray | concat $found -}}
{{- end -}}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range $index, $inner := .value -}}
{{- $found = include "service.secretReferences" (dict "at" (printf "%s[%d]" $at $index) "value" $inner) | fromJsonArray | concat $found -}}
{{- end -}}
{{- end -}}
{{- toJson $found -}}
{{- end -}}

{{- /* service.itemKeys: the keys of a Secret that a reference takes. Call: include "service.itemKeys" $reference */ -}}
{{- define "service.itemKeys" -}}
{{- $keys := list -}}
{{- with .key -}}
{{- $keys = append $keys . -}}
{{- end -}}
{{- range .items -}}
{{- $keys = append $keys .key -}}
{{- end -}}
{{- toJson $keys -}}
{{- end -}}
