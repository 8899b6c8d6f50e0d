{{- /*
mesh.labels: labels of every object. Call: include "mesh.labels" $
*/ -}}
{{- define "mesh.labels" -}}
{{- include "common.labels" (dict "root" . "extra" .Values.commonLabels) -}}
{{- end -}}
