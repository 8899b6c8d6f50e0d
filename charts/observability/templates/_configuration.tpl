{{- /*
observability.configuration: Alertmanager's own file. Routes are tried in order: what watches, what only inhibits, the
escalation beside the rest, then each team, and at the end whoever hears what belongs to nobody.
Call: include "observability.configuration" $
*/ -}}
{{- define "observability.configuration" -}}
{{- $grouping := .Values.grouping -}}
{{- $pagers := include "observability.pagers" . | fromJsonArray -}}
{{- $last := .Values.team -}}
{{- $mute := "" -}}
{{- with .Values.maintenance -}}
{{- $names := list -}}
{{- range . -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- $mute = toJson $names -}}
{{- end -}}
global:
  resolve_timeout: 5m
templates: [/etc/alertmanager/config/*.tmpl]
route:
  receiver: {{ $last | quote }}
  group_by: [alertname, environment, namespace, team]
  group_wait: {{ int $grouping.waitSeconds }}s
  group_interval: {{ int $grouping.intervalSeconds }}s
  repeat_interval: {{ int $grouping.repeatHours }}h
  routes:
    # Each Prometheus has its own. Both halves of a pair send the same one, for the operator drops the label with the replica:
    # of a half that is gone tells the other, by PrometheusPeerLost. 50 s, since repeats come at the next interval of the group: one a minute.
    - receiver: watchdog
      matchers: [opencore_signal="watchdog"]
      group_by: [prometheus]
      group_wait: 0s
      group_interval: 1m
      repeat_interval: 50s
    - receiver: "null"
      matchers: [severity="none"]
{{- with include "observability.escalation" (dict "root" . "mute" $mute) }}
    {{- . | nindent 4 }}
{{- end }}
{{- range $name, $_ := .Values.teams }}
{{- if $pagers }}
    - receiver: {{ has $name $pagers | ternary (printf "%s-pager" $name) (printf "%s-and-%s-pager" $name $last) | quote }}
      matchers: [{{ printf "team=%q" $name | squote }}, severity="critical"]
      repeat_interval: {{ int $grouping.repeatPageMinutes }}m
      {{- with $mute }}
      mute_time_intervals: {{ . }}
      {{- end }}
{{- end }}
    - receiver: {{ $name | quote }}
      matchers: [{{ printf "team=%q" $name | squote }}]
      {{- with $mute }}
      mute_time_intervals: {{ . }}
      {{- end }}
{{- end }}
{{- if $pagers }}
    - receiver: {{ printf "%s-pager" $last | quote }}
      matchers: [severity="critical"]
      repeat_interval: {{ int $grouping.repeatPageMinutes }}m
      {{- with $mute }}
      mute_time_intervals: {{ . }}
      {{- end }}
{{- end }}
    # The root cannot be muted, so that it has this one for all that is left.
    - receiver: {{ $last | quote }}
      {{- with $mute }}
      mute_time_intervals: {{ . }}
      {{- end }}
inhibit_rules:
  # Without names, which the operator's strict reading refuses.
  # The objective that burns fast says all that the slow one does.
  - source_matchers: [severity="critical", slo=~".+"]
    target_matchers: [severity="warning", slo=~".+"]
    equal: [environment, namespace, job, slo]
  # A node that is gone explains its pods.
  - source_matchers: [opencore_signal="node-lost"]
    target_matchers: [opencore_signal!="node-lost", pod=~".+"]
    equal: [environment, namespace, pod]
  # What waits for the other region is no news.
  - source_matchers: [opencore_signal="region-waits"]
    target_matchers: [waits="true"]
    equal: [environment]
{{- with .Values.maintenance }}
time_intervals:
{{- range . }}
  # {{ .description }}
  - name: {{ .name | quote }}
    time_intervals: {{- toYaml .intervals | nindent 6 }}
{{- end }}
{{- end }}
receivers: {{- include "observability.receivers" . | nindent 2 }}
{{- end -}}

{{- /*
observability.escalation: the route of what is critical and still there after a while. A group that waits that long tells
of what is firing then, and of nothing that was over before; a silence holds here, too. It goes on to the team's own.
Call: include "observability.escalation" (dict "root" $ "mute" $mute)
*/ -}}
{{- define "observability.escalation" -}}
{{- $after := int .root.Values.escalation.afterMinutes -}}
{{- if and $after (include "observability.pagers" .root | fromJsonArray) -}}
- receiver: escalation
  matchers: [severity="critical"]
  group_by: [alertname, environment, namespace, team, pod, job]
  group_wait: {{ $after }}m
  repeat_interval: {{ int .root.Values.grouping.repeatPageMinutes }}m
  continue: true
  {{- with .mute }}
  mute_time_intervals: {{ . }}
  {{- end }}
{{- end -}}
{{- end -}}
