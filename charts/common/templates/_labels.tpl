{{- /*
common.selectorLabels: the labels that select a release's pods. They never change while the release lives.
Call:  include "common.selectorLabels" (dict "root" $)
*/ -}}
{{- define "common.selectorLabels" -}}
app.kubernetes.io/name: {{ include "common.fullname" (dict "root" .root) | quote }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
{{- end -}}

{{- /*
common.podLabels: the labels of a pod. Without the chart's version, so that a new chart restarts no pod by its label alone.
Labels of an umbrella's `global.commonLabels` come too; the chart's own `extra` wins.
Call:  include "common.podLabels" (dict "root" $ "version" "2.4.1" "extra" .Values.podLabels)
*/ -}}
{{- define "common.podLabels" -}}
{{ include "common.selectorLabels" (dict "root" .root) }}
{{- with .version }}
app.kubernetes.io/version: {{ include "common.labelValue" . | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .root.Release.Service | quote }}
{{- range $name, $value := merge dict (.extra | default dict) ((.root.Values.global).commonLabels | default dict) }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- /*
common.labels: the labels of every other object.
Call:  include "common.labels" (dict "root" $ "version" "2.4.1" "extra" .Values.commonLabels)
*/ -}}
{{- define "common.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | include "common.labelValue" | quote }}
{{ include "common.podLabels" . }}
{{- end -}}

{{- /*
common.labelValue: a version or name as a label's value: at most 63 characters, a letter or digit at both ends.
Call:  include "common.labelValue" "1.2.3+build"
*/ -}}
{{- define "common.labelValue" -}}
{{- . | replace "+" "_" | trunc 63 | trimAll "-_." -}}
{{- end -}}
