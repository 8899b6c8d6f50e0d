{{- /*
observability.name: the name of every object of the release. Call: include "observability.name" $
*/ -}}
{{- define "observability.name" -}}
{{- include "common.fullname" (dict "root" .) -}}
{{- end -}}

{{- /*
observability.labels: labels of every object. Call: include "observability.labels" $
*/ -}}
{{- define "observability.labels" -}}
{{- include "common.labels" (dict "root" . "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
observability.secretName: the Secret that Alertmanager reads its credentials from. Call: include "observability.secretName" $
*/ -}}
{{- define "observability.secretName" -}}
{{- .Values.credentials.secretName | default (printf "%s-credentials" (include "observability.name" .)) -}}
{{- end -}}

{{- /*
observability.credential: path of the file that a credential is in, where the operator mounts `spec.secrets` of an
Alertmanager. Call: include "observability.credential" (dict "root" $ "key" "slack-token")
*/ -}}
{{- define "observability.credential" -}}
{{- printf "/etc/alertmanager/secrets/%s/%s" (include "observability.secretName" .root) .key -}}
{{- end -}}

{{- /*
observability.pagers: names of the teams that somebody is on call for, as JSON; nobody is woken for what is not production.
Call: include "observability.pagers" $ | fromJsonArray
*/ -}}
{{- define "observability.pagers" -}}
{{- $pagers := list -}}
{{- if eq .Values.tier "production" -}}
{{- range $name, $team := .Values.teams -}}
{{- if $team.pager -}}
{{- $pagers = append $pagers $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $pagers -}}
{{- end -}}

{{- /*
observability.credentialKeys: the keys that credentials have, as JSON. Call: include "observability.credentialKeys" $ | fromJsonArray
*/ -}}
{{- define "observability.credentialKeys" -}}
{{- $keys := list "slack-token" "watchdog-url" -}}
{{- range include "observability.pagers" . | fromJsonArray -}}
{{- $keys = printf "pager-%s" . | append $keys -}}
{{- end -}}
{{- toJson $keys -}}
{{- end -}}
