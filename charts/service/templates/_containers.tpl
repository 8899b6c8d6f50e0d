{{- /*
service.otherContainers: sidecars first, so that init containers may use them, then init containers in the order of their
names. A sidecar is an init container that is restarted for ever: it starts before the service and stops after it, and
keeps no job from ending. Call: include "service.otherContainers" $
*/ -}}
{{- define "service.otherContainers" -}}
{{- range $name, $container := .Values.sidecars }}
- {{ include "service.otherContainer" (dict "root" $ "at" "sidecars" "name" $name "container" $container) | nindent 2 | trim }}
  restartPolicy: Always
{{- end }}
{{- range $name, $container := .Values.initContainers }}
- {{ include "service.otherContainer" (dict "root" $ "at" "initContainers" "name" $name "container" $container) | nindent 2 | trim }}
{{- end }}
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
