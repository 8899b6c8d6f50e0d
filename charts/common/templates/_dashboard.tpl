{{- /*
common.dashboard: a ConfigMap with one dashboard, as the sidecar of Grafana takes it. Its object is called by `suffix`.
Call:  include "common.dashboard" (dict "root" $ "suffix" "dashboard" "file" "cache" "labels" $labels "title" "..." "kind" "redis" "rows" $rows)
*/ -}}
{{- define "common.dashboard" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "common.fullname" (dict "root" .root "suffix" .suffix) | quote }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels:
    {{- .labels | nindent 4 }}
data:
  {{ include "common.dashboardKey" . | quote }}: |-
    {{ include "common.dashboardText" . }}
{{- end -}}

{{- /*
common.dashboardKey: the file of a dashboard. The sidecar of Grafana writes those of all namespaces into one folder, by their
keys alone; no kind, namespace or name of a service has a dot in it, so that no two dashboards have one file.
Call:  include "common.dashboardKey" (dict "root" $ "kind" "redis" "file" "cache")
*/ -}}
{{- define "common.dashboardKey" -}}
{{- printf "%s.%s.%s.json" .kind .root.Release.Namespace .file -}}
{{- end -}}

{{- /*
common.dashboardUid: what Grafana knows a dashboard by, in links, too. It follows from what its key does.
Call:  include "common.dashboardUid" (dict "root" $ "kind" "redis" "file" "cache")
*/ -}}
{{- define "common.dashboardUid" -}}
{{- printf "%s/%s/%s" .kind .root.Release.Namespace .file | sha256sum | trunc 40 -}}
{{- end -}}

{{- /*
common.dashboardText: a dashboard as JSON, in Grafana's classic form, which every version from 10 on imports. `rows` is a
list of {title, panels}, from top to bottom; a panel with `alerts` takes its query and limits from those among `rules`, and
is left out where there are none.
Call:  include "common.dashboardText" (dict "root" $ "file" "cache" "title" "..." "kind" "redis" "rows" $rows "rules" $rules)
*/ -}}
{{- define "common.dashboardText" -}}
{{- $shown := list -}}
{{- $y := 0 -}}
{{- range $row := .rows -}}
{{- $panels := list -}}
{{- range $panel := $row.panels -}}
{{- if $panel.alerts -}}
{{- with include "common.alertPanel" (dict "rules" $.rules "panel" $panel) -}}
{{- $panels = fromJson . | append $panels -}}
{{- end -}}
{{- else -}}
{{- $panels = append $panels $panel -}}
{{- end -}}
{{- end -}}
{{- if $panels -}}
{{- $id := len $shown | add1 -}}
{{- $shown = append $shown (dict "id" $id "type" "row" "title" $row.title "collapsed" false "panels" list "gridPos" (dict "h" 1 "w" 24 "x" 0 "y" $y)) -}}
{{- $y = add1 $y -}}
{{- $isSmall := eq (first $panels).type "stat" -}}
{{- $across := min (len $panels) (ternary 6 3 $isSmall) -}}
{{- $width := div 24 $across -}}
{{- $height := ternary 4 8 $isSmall -}}
{{- range $index, $panel := $panels -}}
{{- $place := dict "h" $height "w" $width "x" (mul $width (mod $index $across)) "y" (mul $height (div $index $across) | add $y) -}}
{{- $shown = append $shown (include "common.panel" (dict "panel" $panel "id" (len $shown | add1) "place" $place) | fromJson) -}}
{{- end -}}
{{- $y = add $y (mul $height (div (add (len $panels) $across -1) $across)) -}}
{{- end -}}
{{- end -}}
{{- $source := dict "type" "datasource" "name" "datasource" "label" "Data source" "query" "prometheus" -}}
{{- dict
      "uid" (include "common.dashboardUid" .)
      "title" .title "tags" (list "opencore" .kind) "schemaVersion" 42 "editable" false "refresh" "30s"
      "time" (dict "from" "now-3h" "to" "now") "templating" (dict "list" (list $source)) "annotations" (dict "list" list)
      "panels" $shown | toRawJson -}}
{{- end -}}

{{- /*
common.panel: one panel. It has `title`, `description` (what it says, and what to do), `type` (stat or timeseries), `unit`,
`queries` of {expr, legend}, and `steps`: a color, and from which value on which other, from low to high.
Call:  include "common.panel" (dict "panel" $panel "id" 1 "place" (dict "h" 8 "w" 8 "x" 0 "y" 0)) | fromJson
*/ -}}
{{- define "common.panel" -}}
{{- $panel := .panel -}}
{{- $source := dict "type" "prometheus" "uid" "${datasource}" -}}
{{- $targets := list -}}
{{- range $index, $query := $panel.queries -}}
{{- $target := dict "refId" (printf "q%d" $index) "datasource" $source "expr" $query.expr "legendFormat" $query.legend -}}
{{- $targets = append $targets (eq $panel.type "stat" | ternary (merge $target (dict "instant" true)) $target) -}}
{{- end -}}
{{- $steps := list -}}
{{- $from := dict "value" nil -}}
{{- range $panel.steps | default (list "green") -}}
{{- if kindIs "string" . -}}
{{- $steps = append $steps (dict "color" . "value" $from.value) -}}
{{- else -}}
{{- $_ := set $from "value" . -}}
{{- end -}}
{{- end -}}
{{- $hasLimits := gt (len $steps) 1 -}}
{{- $limits := dict "mode" "absolute" "steps" $steps -}}
{{- $defaults := dict "unit" $panel.unit "thresholds" $limits "color" (dict "mode" (eq $panel.type "stat" | ternary "thresholds" "palette-classic")) -}}
{{- $options := dict -}}
{{- if eq $panel.type "stat" -}}
{{- $options = dict
      "graphMode" "none" "colorMode" "background" "justifyMode" "auto" "textMode" "auto" "wideLayout" true
      "showPercentChange" false "percentChangeColorMode" "standard" "orientation" "auto"
      "reduceOptions" (dict "calcs" (list "lastNotNull") "values" false) -}}
{{- else -}}
{{- $_ := set $defaults "min" 0 -}}
{{- $_ := set $defaults "custom" (dict "fillOpacity" 10 "showPoints" "never" "thresholdsStyle" (dict "mode" (ternary "line" "off" $hasLimits))) -}}
{{- $options = dict
      "legend" (dict "displayMode" "table" "placement" "bottom" "showLegend" true "calcs" (list "lastNotNull" "max"))
      "tooltip" (dict "mode" "multi" "sort" "desc") -}}
{{- end -}}
{{- dict
      "id" .id "type" $panel.type "title" $panel.title "description" $panel.description "gridPos" .place
      "datasource" $source "targets" $targets "options" $options
      "fieldConfig" (dict "defaults" $defaults "overrides" list) | toJson -}}
{{- end -}}

{{- /*
common.alertPanel: a panel of what alerts judge, as JSON. The query is the first one's, up to its limit; limits of all are
where colors change, and each is named with its runbook. Nothing where the first is not among the rules.
Call:  include "common.alertPanel" (dict "rules" $rules "panel" (dict "alerts" (list "RedisDown") "legend" "{{pod}}" "title" "..." ...)) | fromJson
*/ -}}
{{- define "common.alertPanel" -}}
{{- $panel := .panel -}}
{{- $found := list -}}
{{- range $name := $panel.alerts -}}
{{- range $rule := $.rules -}}
{{- if eq ($rule.alert | default "") $name -}}
{{- $found = append $found $rule -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $found -}}
{{- $form := `(?s)^(.*\S) (<|>|==) ([0-9.*\s]+)$` -}}
{{- $notes := list $panel.description -}}
{{- $steps := list "green" -}}
{{- range $index, $rule := $found -}}
{{- if not (regexMatch $form $rule.expr) -}}
{{- fail (printf "%s has no limit at its end: %s" $rule.alert $rule.expr) -}}
{{- end -}}
{{- $is := regexReplaceAll $form $rule.expr "${2}" -}}
{{- $limit := 1.0 -}}
{{- range regexReplaceAll $form $rule.expr "${3}" | splitList "*" -}}
{{- $limit = trim . | float64 | mulf $limit -}}
{{- end -}}
{{- $color := and (eq $index 0) (gt (len $found) 1) | ternary "orange" "red" -}}
{{- if eq $is "<" -}}
{{- $steps = concat (list $color $limit) $steps -}}
{{- else if eq $is ">" -}}
{{- /* What is more than none is one, or a little. */ -}}
{{- $steps = list (eq $limit 0.0 | ternary 0.000001 $limit) $color | concat $steps -}}
{{- else -}}
{{- $steps = eq $limit 0.0 | ternary (list "red" 1 "green") (list "green" $limit "red") -}}
{{- end -}}
{{- $notes = append $notes (printf "Alert %s: [runbook](%s)" $rule.alert $rule.annotations.runbook_url) -}}
{{- end -}}
{{- $queries := list (dict "legend" $panel.legend "expr" (regexReplaceAll $form (first $found).expr "${1}")) -}}
{{- merge (dict "steps" $steps "queries" $queries "description" (join "\n\n" $notes)) $panel | toJson -}}
{{- end -}}
{{- end -}}
