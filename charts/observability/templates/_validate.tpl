{{- /*
observability.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "observability.validate" $
*/ -}}
{{- define "observability.validate" -}}
{{- $topics := list -}}
{{- range $topic := list "environment" "teams" "names" "maintenance" "credentials" "labels" "overlay" -}}
{{- $topics = printf "observability.validate.%s" $topic | append $topics -}}
{{- end -}}
{{- include "common.refuse" (dict "root" . "rules" $topics) -}}
{{- end -}}

{{- /* Messages say where something is broken. */ -}}
{{- define "observability.validate.environment" -}}
{{- if not .Values.environment }}
environment is unset, and no message would say where; want the name of this cluster's environment; set environment
{{- end -}}
{{- end -}}

{{- /* Somebody hears everything, and in production somebody is woken. */ -}}
{{- define "observability.validate.teams" -}}
{{- $known := keys .Values.teams | sortAlpha | join ", " | default "none" -}}
{{- $pagers := include "observability.pagers" . | fromJsonArray -}}
{{- if not .Values.team }}
team is unset, and what belongs to no team would be lost; want one of teams ({{ $known }}); set team
{{- else if not (hasKey .Values.teams .Values.team) }}
team is {{ .Values.team }}, which is not in teams ({{ $known }}); want one of them; correct team, or add it to teams
{{- else if and (eq .Values.tier "production") (not (has .Values.team $pagers)) }}
teams.{{ .Values.team }}.pager is not true, and nobody would be woken for what has no team; want somebody on call; set teams.{{ .Values.team }}.pager
{{- end -}}
{{- with .Values.escalation.team }}
{{- if not (hasKey $.Values.teams .) }}
escalation.team is {{ . }}, which is not in teams ({{ $known }}); want one of them; correct escalation.team
{{- else if not (get (get $.Values.teams .) "pager") }}
escalation.team is {{ . }}, which has no pager, so that nobody would be woken; want a team with one; set teams.{{ . }}.pager, or name another
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Receivers are called after teams. */ -}}
{{- define "observability.validate.names" -}}
{{- range $name, $_ := .Values.teams -}}
{{- if or (has $name (list "null" "watchdog" "escalation")) (hasSuffix "-pager" $name) }}
teams has {{ $name }}, which is a receiver of the chart's own; want another name; rename it
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Alertmanager refuses two windows of one name, and one that ends before it begins. */ -}}
{{- define "observability.validate.maintenance" -}}
{{- $names := list -}}
{{- range $index, $window := .Values.maintenance -}}
{{- if has .name $names }}
maintenance[{{ $index }}].name is {{ .name }}, which is taken; want a name for each window; rename it
{{- end -}}
{{- $names = append $names .name -}}
{{- range $interval, $_ := .intervals -}}
{{- range .times -}}
{{- if ge .start_time .end_time }}
maintenance[{{ $index }}].intervals[{{ $interval }}] is from {{ .start_time }} until {{ .end_time }}, which is no time of one day; want an end after the start; write two intervals for a window over midnight
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Credentials come from one place, and never from values. */ -}}
{{- define "observability.validate.credentials" -}}
{{- $keys := include "observability.credentialKeys" . | fromJsonArray | join ", " -}}
{{- if not (or .Values.credentials.secretName .Values.credentials.path) }}
credentials has neither secretName nor path, and Alertmanager could tell nobody; want a Secret with {{ $keys }}, or the entry of a vault that has them; set one of the two
{{- else if and .Values.credentials.path (not .Values.secretStore.server) }}
credentials.path is set and secretStore.server is not, so that nobody brings it; want the vault that it is in; set secretStore.server
{{- end -}}
{{- end -}}

{{- /* No label is there twice, and those that select are the chart's own. */ -}}
{{- define "observability.validate.labels" -}}
{{- $own := list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/managed-by" "helm.sh/chart" -}}
{{- range $at, $labels := dict "commonLabels" .Values.commonLabels "prometheusRule.labels" .Values.prometheusRule.labels "prometheus.labels" .Values.prometheus.labels -}}
{{- range $name, $_ := $labels -}}
{{- if has $name $own }}
{{ $at }} has {{ $name }}, which the chart sets itself; want other labels; remove it from {{ $at }}
{{- else if and (ne $at "commonLabels") (hasKey $.Values.commonLabels $name) }}
{{ $at }} has {{ $name }}, which commonLabels sets already; want every label once; remove it from {{ $at }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A patch lies over what is rendered, and leaves to values what values do. */ -}}
{{- define "observability.validate.overlay" -}}
{{- $objects := dict
      "prometheusRule" (dict "template" "observability.object.prometheusRule" "argument" $)
      "podMonitor" (dict "template" "observability.object.podMonitor" "argument" $) -}}
{{- include "common.overlay.refused" (dict "root" $ "objects" $objects) -}}
{{- end -}}
