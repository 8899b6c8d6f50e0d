{{- /*
mesh.labels: labels of every object. Call: include "mesh.labels" $
*/ -}}
{{- define "mesh.labels" -}}
{{- include "common.labels" (dict "root" . "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
mesh.joiningAnnotations: Istio counts what a policy refuses, and lets it through. Nothing once the mesh is closed.
Call: include "mesh.joiningAnnotations" $
*/ -}}
{{- define "mesh.joiningAnnotations" -}}
{{- if .Values.joining.until -}}
istio.io/dry-run: 'true'
{{- end -}}
{{- end -}}
