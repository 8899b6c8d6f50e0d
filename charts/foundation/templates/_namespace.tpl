{{- /*
foundation.labels: the labels of every object. Call: include "foundation.labels" $
*/ -}}
{{- define "foundation.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | include "common.labelValue" | quote }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
{{- with merge dict .Values.commonLabels ((.Values.global).commonLabels | default dict) }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /*
foundation.podSecurityLabels: the namespace's labels that Pod Security reads.
Call: include "foundation.podSecurityLabels" (dict "root" $ "namespace" $namespace)
*/ -}}
{{- define "foundation.podSecurityLabels" -}}
{{- $levels := merge dict (.namespace.podSecurity | default dict) .root.Values.namespaceDefaults.podSecurity -}}
{{- range $mode := list "enforce" "audit" "warn" }}
pod-security.kubernetes.io/{{ $mode }}: {{ get $levels $mode }}
pod-security.kubernetes.io/{{ $mode }}-version: {{ $levels.version | quote }}
{{- end }}
{{- end -}}

{{- /*
foundation.quota: the spec of a namespace's ResourceQuota; nothing where no entry is left.
Call: include "foundation.quota" (dict "root" $ "namespace" $namespace)
*/ -}}
{{- define "foundation.quota" -}}
{{- $spec := mergeOverwrite (deepCopy .root.Values.namespaceDefaults.quota) (deepCopy (.namespace.quota | default dict)) -}}
{{- $hard := dict -}}
{{- range $name, $quantity := $spec.hard -}}
{{- if ne (toString $quantity) "" -}}
{{- $_ := set $hard $name (toString $quantity) -}}
{{- end -}}
{{- end -}}
{{- if $hard -}}
{{ toYaml (set $spec "hard" $hard) }}
{{- end -}}
{{- end -}}

{{- /*
foundation.limits: the limits of a namespace's LimitRange; nothing where its list is empty.
Call: include "foundation.limits" (dict "root" $ "namespace" $namespace)
*/ -}}
{{- define "foundation.limits" -}}
{{- $limits := hasKey .namespace "limitRange" | ternary .namespace.limitRange .root.Values.namespaceDefaults.limitRange -}}
{{- with $limits -}}
{{ toYaml . }}
{{- end -}}
{{- end -}}
