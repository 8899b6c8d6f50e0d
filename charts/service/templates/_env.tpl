{{- /*
service.ownEnv: variables that the chart sets, each with its value and the key of the values that says so.
Call: include "service.ownEnv" $ | fromJson
*/ -}}
{{- define "service.ownEnv" -}}
{{- include "service.jvmEnv" . | fromJson | merge (include "service.springEnv" . | fromJson) | toJson -}}
{{- end -}}

{{- /*
service.env: the environment of the service's own container, by name. Call: include "service.env" $
*/ -}}
{{- define "service.env" -}}
{{- $own := dict -}}
{{- range $name, $variable := include "service.ownEnv" . | fromJson -}}
{{- $_ := set $own $name $variable.value -}}
{{- end -}}
{{- include "service.envList" (merge $own .Values.env) -}}
{{- end -}}

{{- /*
service.envList: variables by name as a container lists them. Texts that use $(NAME) come last, since Kubernetes
replaces only what was defined before. Call: include "service.envList" .Values.env
*/ -}}
{{- define "service.envList" -}}
{{- $plain := list -}}
{{- $using := list -}}
{{- range $name, $source := . -}}
{{- if not (kindIs "string" $source) -}}
{{- $plain = append $plain (dict "name" $name "valueFrom" $source) -}}
{{- else if contains "$(" $source -}}
{{- $using = append $using (dict "name" $name "value" $source) -}}
{{- else -}}
{{- $plain = append $plain (dict "name" $name "value" $source) -}}
{{- end -}}
{{- end -}}
{{- with concat $plain $using -}}
{{ toYaml . }}
{{- end -}}
{{- end -}}

{{- /*
service.envFrom: ConfigMaps of the chart's own that are environment, then what the values name, which wins.
Call: include "service.envFrom" $
*/ -}}
{{- define "service.envFrom" -}}
{{- $sources := list -}}
{{- range $name, $config := .Values.configMaps -}}
{{- if $config.env -}}
{{- $configMap := dict "name" (include "common.fullname" (dict "root" $ "suffix" $name)) -}}
{{- $sources = append $sources (dict "configMapRef" $configMap) -}}
{{- end -}}
{{- end -}}
{{- with concat $sources .Values.envFrom -}}
{{ toYaml . }}
{{- end -}}
{{- end -}}
