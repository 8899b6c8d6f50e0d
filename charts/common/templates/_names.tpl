{{- /*
common.bounded: a name with an optional suffix that never passes 63 characters.
A name too long is cut, and eight characters of its hash keep two long names apart; the suffix always survives.
Call:  include "common.bounded" (dict "name" "accounts" "suffix" "dns")
Fails: when the suffix alone leaves no room (more than 50 characters).
*/ -}}
{{- define "common.bounded" -}}
{{- $tail := empty .suffix | ternary "" (printf "-%s" .suffix) -}}
{{- if gt (len $tail) 51 -}}
{{- fail (printf "common.bounded: suffix %q has %d characters; want at most 50" .suffix (len .suffix)) -}}
{{- end -}}
{{- if le (add (len .name) (len $tail)) 63 -}}
{{ .name }}{{ $tail }}
{{- else -}}
{{- $room := sub 54 (len $tail) | int -}}
{{ trunc $room .name | trimSuffix "-" }}-{{ sha256sum .name | trunc 8 }}{{ $tail }}
{{- end -}}
{{- end -}}

{{- /*
common.fullname: the name of a release's objects, with an optional suffix; at most 63 characters.
`fullnameOverride` wins; else the release's name, and inside an umbrella the release's name and the chart's (or alias),
since there several charts share one release.
Call:  include "common.fullname" (dict "root" $ "suffix" "test")
*/ -}}
{{- define "common.fullname" -}}
{{- $name := .root.Values.fullnameOverride -}}
{{- if not $name -}}
{{- $name = .root.Release.Name -}}
{{- if contains "/charts/" .root.Template.BasePath -}}
{{- $name = printf "%s-%s" $name .root.Chart.Name -}}
{{- end -}}
{{- end -}}
{{- if or .suffix (gt (len $name) 63) -}}
{{- include "common.bounded" (dict "name" $name "suffix" .suffix) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}
