{{- /*
service.otherContainers: sidecars first, so that init containers may use them, then init containers, each by name; but none
before those that it is to come after (`after`), which are brought forward. A sidecar is an init container that is restarted
for ever: it starts before the service and stops after it, and keeps no job from ending.
Call: include "service.otherContainers" (dict "root" $ "names" (list "proxy"))
      names: those wanted, with what they come after.
*/ -}}
{{- define "service.otherContainers" -}}
{{- $root := .root -}}
{{- $placed := list -}}
{{- range $name := .names -}}
{{- $placed = include "service.place" (dict "root" $root "name" $name "placed" $placed "waiting" list) | fromJsonArray -}}
{{- end -}}
{{- range $name := $placed }}
{{- $isSidecar := hasKey $root.Values.sidecars $name }}
{{- $at := $isSidecar | ternary "sidecars" "initContainers" }}
- {{ include "service.otherContainer" (dict "root" $root "at" $at "name" $name "container" (get (get $root.Values $at) $name)) | nindent 2 | trim }}
  {{- if $isSidecar }}
  restartPolicy: Always
  {{- end }}
{{- end }}
{{- end -}}

{{- /*
service.place: a list of names with one more at its end, and before it those that it is to come after, as JSON. A circle is cut,
and a name that nobody has is left out: validation refuses both.
Call: include "service.place" (dict "root" $ "name" $name "placed" $placed "waiting" list) | fromJsonArray
      waiting: those that wait for this one.
*/ -}}
{{- define "service.place" -}}
{{- $placed := .placed -}}
{{- $all := merge dict .root.Values.sidecars .root.Values.initContainers -}}
{{- if and (hasKey $all .name) (not (has .name (concat .placed .waiting))) -}}
{{- range $earlier := (get $all .name).after -}}
{{- $placed = include "service.place" (dict "root" $.root "name" $earlier "placed" $placed "waiting" (append $.waiting $.name)) | fromJsonArray -}}
{{- end -}}
{{- $placed = append $placed .name -}}
{{- end -}}
{{- toJson $placed -}}
{{- end -}}

{{- /*
service.otherContainer: one of them, hardened as the service's own and with a /tmp of its own. Without an image it runs the
service's. Call: include "service.otherContainer" (dict "root" $ "at" "sidecars" "name" $name "container" $container)
*/ -}}
{{- define "service.otherContainer" -}}
{{- $image := .container.image | default .root.Values.image -}}
{{- $at := empty .container.image | ternary "image" (printf "%s.%s.image" .at .name) -}}
name: {{ .name | quote }}
image: {{ include "common.image" (dict "image" $image "at" $at) | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy | quote }}
{{- with pick .container "command" "args" "envFrom" "ports" "startupProbe" "livenessProbe" "readinessProbe" "lifecycle" }}
{{ toYaml . }}
{{- end }}
{{- with include "service.envList" .container.env }}
env: {{- . | nindent 2 }}
{{- end }}
resources: {{- include "service.otherResources" .container.resources | fromYaml | include "service.resources" | nindent 2 }}
securityContext: {{- include "common.containerSecurityContext" (dict "override" .container.securityContext) | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
    subPath: {{ .name | quote }}
  {{- with .container.volumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
