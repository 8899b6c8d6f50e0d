{{- /* Kubernetes' own namespaces are not ours to shape. */ -}}
{{- define "foundation.validate.names" -}}
{{- range $name, $_ := .Values.namespaces -}}
{{- if or (eq $name "default") (hasPrefix "kube-" $name) }}
namespaces has {{ $name }}, which is Kubernetes' own; want a namespace of the platform; choose another name
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Labels and annotations that this chart sets cannot be set past their keys. */ -}}
{{- define "foundation.validate.metadata" -}}
{{- $labels := list "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/managed-by" -}}
{{- range $label, $_ := .Values.commonLabels -}}
{{- if has $label $labels }}
commonLabels has {{ $label }}, which the chart sets itself; want other labels; remove it from commonLabels
{{- end -}}
{{- end -}}
{{- range $name, $namespace := .Values.namespaces -}}
{{- range $label, $_ := $namespace.labels -}}
{{- if hasPrefix "pod-security.kubernetes.io/" $label }}
namespaces.{{ $name }}.labels has {{ $label }}; want Pod Security in one place; use namespaces.{{ $name }}.podSecurity
{{- else if or (has $label $labels) (hasKey $.Values.commonLabels $label) }}
namespaces.{{ $name }}.labels has {{ $label }}, which the chart sets already; want every label once; remove it from namespaces.{{ $name }}.labels
{{- end -}}
{{- end -}}
{{- range $annotation, $_ := $namespace.annotations -}}
{{- if has $annotation (list "argocd.argoproj.io/sync-options" "helm.sh/resource-policy") }}
namespaces.{{ $name }}.annotations has {{ $annotation }}, which keeps the namespace from being deleted by mistake; want it as the chart sets it; remove it from namespaces.{{ $name }}.annotations
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What is refused is also noted and warned of. */ -}}
{{- define "foundation.validate.security" -}}
{{- $rank := dict "privileged" 0 "baseline" 1 "restricted" 2 -}}
{{- range $name, $namespace := .Values.namespaces -}}
{{- $levels := merge dict ($namespace.podSecurity | default dict) $.Values.namespaceDefaults.podSecurity -}}
{{- range $mode := list "audit" "warn" -}}
{{- if lt (get $rank (get $levels $mode)) (get $rank $levels.enforce) }}
namespaces.{{ $name }}: podSecurity.{{ $mode }} is {{ get $levels $mode }} and podSecurity.enforce is {{ $levels.enforce }}; want {{ $mode }} at least as strict as enforce; set podSecurity.{{ $mode }} to {{ $levels.enforce }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The names of this chart's own policies are taken. */ -}}
{{- define "foundation.validate.allow" -}}
{{- range $name, $namespace := .Values.namespaces -}}
{{- if hasKey ($namespace.allow | default dict) "dns" }}
namespaces.{{ $name }}.allow has dns, which is the name of the chart's own policy; want another name; set `dns` at the top to move the DNS servers
{{- end -}}
{{- end -}}
{{- end -}}
