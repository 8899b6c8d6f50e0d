{{- /* What is weaker than a bank's production needs. */ -}}
{{- define "telemetry.validate.production" -}}
{{- if eq .Values.tier "production" -}}
{{- range $rule, $isOn := .Values.redaction -}}
{{- if not $isOn }}
redaction.{{ $rule }} is false in production, and what it finds would leave as it is; want every rule; remove redaction.{{ $rule }}
{{- end -}}
{{- end -}}
{{- if hasPrefix "http:" (.Values.backend.endpoint | default "") }}
backend.endpoint is {{ .Values.backend.endpoint }} in production, where everybody on the way reads what is sent; want https; correct backend.endpoint
{{- end -}}
{{- if eq .Values.mesh.mode "none" }}
mesh.mode is none in production, and services would send in plain, to whoever answers; want the mesh; set mesh.mode to sidecar
{{- end -}}
{{- if lt (int .Values.replicas) 2 }}
replicas is {{ int .Values.replicas }} in production, and nothing is taken while that pod moves; want 2 or more; raise replicas
{{- end -}}
{{- if not .Values.storage.className }}
storage.className is unset in production, and the cluster's default need not be encrypted; want a class that is; set storage.className
{{- end -}}
{{- end -}}
{{- end -}}
