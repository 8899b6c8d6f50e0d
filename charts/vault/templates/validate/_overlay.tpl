{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "vault.validate.overlay" -}}
{{- if .Values.seal.type -}}
{{- include "common.overlay.refused" (dict "root" . "objects" (dict "statefulSet" (dict "template" "vault.statefulSet" "argument" $))) -}}
{{- end -}}
{{- end -}}
