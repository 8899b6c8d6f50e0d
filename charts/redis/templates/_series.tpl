{{- /*
redis.series: the labels that every series of the release has. Call: include "redis.series" $
*/ -}}
{{- define "redis.series" -}}
{{- printf "namespace=%q,job=%q" .Release.Namespace (include "redis.name" .) -}}
{{- end -}}
