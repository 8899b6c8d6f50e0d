{{- /*
service.container: the service's own container. Call: include "service.container" $
*/ -}}
{{- define "service.container" -}}
name: app
image: {{ include "common.image" (dict "image" .Values.image "at" "image") | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy | quote }}
{{- with .Values.command }}
command: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.args }}
args: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext: {{- include "common.containerSecurityContext" (dict "override" .Values.securityContext) | nindent 2 }}
{{- if not (include "service.isBatch" .) }}
ports: {{- include "service.containerPorts" . | nindent 2 }}
{{- end }}
{{- with include "service.env" . }}
env: {{- . | nindent 2 }}
{{- end }}
{{- with include "service.envFrom" . }}
envFrom: {{- . | nindent 2 }}
{{- end }}
resources: {{- include "service.ownResources" . | fromYaml | include "service.resources" | nindent 2 }}
{{- if not (include "service.isBatch" .) }}
{{- include "service.lifecycle" . }}
{{- end }}
{{- $mounts := list }}
{{- range include "service.mounts" . | fromJsonArray }}
{{- if .mountPath }}
{{- $mounts = omit . "volume" | append $mounts }}
{{- end }}
{{- end }}
volumeMounts: {{- toYaml $mounts | nindent 2 }}
{{- end -}}

{{- /*
service.lifecycle: how a container with traffic is watched and stopped; a job's is done when it ends. Call: include "service.lifecycle" $
*/ -}}
{{- define "service.lifecycle" -}}
{{- range $name := list "startupProbe" "livenessProbe" "readinessProbe" }}
{{- $probe := get $.Values $name }}
{{- if $probe.enabled }}
{{ $name }}: {{- include "common.probe" (dict "probe" $probe "port" (include "service.probePort" (dict "root" $ "probe" $name))) | nindent 2 }}
{{- end }}
{{- end }}
{{- if .Values.preStop }}
lifecycle:
  preStop: {{- toYaml .Values.preStop | nindent 4 }}
{{- else }}
{{- with int .Values.preStopSleepSeconds }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ . }}
{{- end }}
{{- end }}
{{- end -}}
