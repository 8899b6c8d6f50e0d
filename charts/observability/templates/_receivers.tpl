{{- /*
observability.receivers: who is told, and how: each team in its channel, and where somebody is on call by its pager, too.
Call: include "observability.receivers" $
*/ -}}
{{- define "observability.receivers" -}}
{{- $pagers := include "observability.pagers" . | fromJsonArray -}}
{{- $last := .Values.team -}}
- name: "null"
- name: watchdog
  webhook_configs:
    - url_file: {{ include "observability.credential" (dict "root" . "key" "watchdog-url") }}
      send_resolved: false
{{- range $name, $team := .Values.teams }}
- name: {{ $name | quote }}
  {{- include "observability.slack" (dict "root" $ "channel" $team.channel) | nindent 2 }}
{{- if $pagers }}
- name: {{ has $name $pagers | ternary (printf "%s-pager" $name) (printf "%s-and-%s-pager" $name $last) | quote }}
  {{- include "observability.slack" (dict "root" $ "channel" $team.channel) | nindent 2 }}
  {{- include "observability.pager" (dict "root" $ "team" (has $name $pagers | ternary $name $last) "title" "opencore.title") | nindent 2 }}
{{- end }}
{{- end }}
{{- if and $pagers (int .Values.escalation.afterMinutes) }}
- name: escalation
  {{- include "observability.pager" (dict "root" $ "team" (.Values.escalation.team | default $last) "title" "opencore.escalated") | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
observability.slack: messages in a channel. Call: include "observability.slack" (dict "root" $ "channel" "payments-alerts")
*/ -}}
{{- define "observability.slack" -}}
slack_configs:
  - app_url: {{ .root.Values.slack.url | quote }}
    app_token_file: {{ include "observability.credential" (dict "root" .root "key" "slack-token") }}
    channel: {{ printf "#%s" .channel | quote }}
    send_resolved: true
    color: {{ `{{ template "opencore.color" . }}` | squote }}
    title: {{ `{{ template "opencore.title" . }}` | squote }}
    title_link: {{ `{{ template "opencore.runbook" . }}` | squote }}
    text: {{ `{{ template "opencore.text" . }}` | squote }}
    fallback: {{ `{{ template "opencore.title" . }}` | squote }}
{{- end -}}

{{- /*
observability.pager: an event for whoever is on call. Call: include "observability.pager" (dict "root" $ "team" "payments" "title" "opencore.title")
*/ -}}
{{- define "observability.pager" -}}
pagerduty_configs:
  - url: {{ .root.Values.pager.url | quote }}
    routing_key_file: {{ printf "pager-%s" .team | dict "root" .root "key" | include "observability.credential" }}
    send_resolved: true
    client: {{ .root.Values.environment | quote }}
    severity: critical
    description: {{ printf `{{ template %q . }}` .title | squote }}
    links:
      - { href: {{ `{{ template "opencore.runbook" . }}` | squote }}, text: Runbook }
    details:
      text: {{ `{{ template "opencore.text" . }}` | squote }}
{{- end -}}
