{{- /*
common.refuse: stops the render with every problem at once, one a line, each with the chart's name; silent with none.
Of every chart it refuses keys that YAML would merge (common.mergeKeys), before a rule reads what they spoil.
Call:  include "common.refuse" (dict "root" $ "rules" (list "service.validate.image" ...))
       rules: names of templates that take the root and yield one problem a line: found; wanted; next step.
*/ -}}
{{- define "common.refuse" -}}
{{- $root := .root -}}
{{- $problems := list -}}
{{- $rules := .rules -}}
{{- /* One look at the text, since the walk takes a while and hardly anybody has such a key. */ -}}
{{- if contains `"\u003c\u003c":` (toJson .root.Values) -}}
{{- $rules = list "common.mergeKeys" -}}
{{- end -}}
{{- range $rule := $rules -}}
{{- range $line := include $rule $root | splitList "\n" -}}
{{- if trim $line -}}
{{- $problems = printf "%s: %s" $root.Chart.Name (trim $line) | append $problems -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if gt (len $problems) 1 -}}
{{- $problems = prepend $problems (printf "%d problems" (len $problems)) -}}
{{- end -}}
{{- if $problems -}}
{{- fail (join "\n" $problems) -}}
{{- end -}}
{{- end -}}

{{- /*
common.mergeKeys: values under a key `<<`, one problem a line. The writer of YAML that Helm has leaves it without quotes, and
every reader then merges what is under it into the map around, or refuses the file.
Call: include "common.mergeKeys" $
*/ -}}
{{- define "common.mergeKeys" -}}
{{- include "common.mergeKeys.under" (dict "value" .Values "at" "") -}}
{{- end -}}

{{- /*
common.mergeKeys.under: those of one value and all that is in it.
Call: include "common.mergeKeys.under" (dict "value" .Values.connect "at" "connect")
*/ -}}
{{- define "common.mergeKeys.under" -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value -}}
{{- $at := empty $.at | ternary $key (printf "%s.%s" $.at $key) -}}
{{- if eq $key "<<" }}
{{ $at }} is a key that YAML takes for a merge of two maps; want a name; rename it
{{- end -}}
{{- include "common.mergeKeys.under" (dict "value" $value "at" $at) -}}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range $index, $value := .value -}}
{{- include "common.mergeKeys.under" (dict "value" $value "at" (printf "%s[%d]" $.at $index)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
