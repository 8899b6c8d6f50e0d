{{- /*
common.selectorLabels: the labels that select a release's pods. They never change while the release lives.
Call:  include "common.selectorLabels" (dict "root" $)
*/ -}}
{{- define "common.selectorLabels" -}}
app.kubernetes.io/name: {{ include "common.fullname" (dict "root" .root) | quote }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
{{- end -}}

{{- /*
common.podLabels: the labels of a pod. No version among them, neither the chart's nor the image's: a new label in a pod
template is a restart of every pod. Labels of an umbrella's `global.commonLabels` come too; the chart's own `extra` wins.
Call:  include "common.podLabels" (dict "root" $ "extra" .Values.podLabels)
*/ -}}
{{- define "common.podLabels" -}}
{{ include "common.selectorLabels" (dict "root" .root) }}
app.kubernetes.io/managed-by: {{ .root.Release.Service | quote }}
{{- range $name, $value := merge dict (.extra | default dict) ((.root.Values.global).commonLabels | default dict) }}
{{ $name | quote }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- /*
common.labels: the labels of every other object; never those of a pod template.
Call:  include "common.labels" (dict "root" $ "version" "2.4.1" "extra" .Values.commonLabels)
*/ -}}
{{- define "common.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | include "common.labelValue" | quote }}
{{- with .version }}
app.kubernetes.io/version: {{ include "common.labelValue" . | quote }}
{{- end }}
{{ include "common.podLabels" . }}
{{- end -}}

{{- /*
common.labelValue: a version or name as a label's value: at most 63 characters, a letter or digit at both ends, and
without the digest that bots write behind a tag.
Call:  include "common.labelValue" "1.2.3+build"
*/ -}}
{{- define "common.labelValue" -}}
{{- regexReplaceAll "@.*$" . "" | replace "+" "_" | trunc 63 | trimAll "-_." -}}
{{- end -}}
