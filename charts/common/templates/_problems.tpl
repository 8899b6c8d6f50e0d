{{- /*
common.refuse: stops the render with every problem at once, one a line, each with the chart's name; silent with none.
Call:  include "common.refuse" (dict "root" $ "rules" (list "service.validate.image" ...))
       rules: names of templates that take the root and yield one problem a line: found; wanted; next step.
*/ -}}
{{- define "common.refuse" -}}
{{- $root := .root -}}
{{- $problems := list -}}
{{- range $rule := .rules -}}
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
