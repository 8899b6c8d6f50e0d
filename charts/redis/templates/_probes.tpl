{{- /*
redis.livenessProbe: asks the server whether it lives, and has it read a renewed certificate, which nobody else does in a
cluster, and new users. Whoever answers lives: a restart would only begin again a server that loads its data, waits for its master, runs
a long script or has a newer password. Call: include "redis.livenessProbe" $
*/ -}}
{{- define "redis.livenessProbe" -}}
{{- toYaml .Values.livenessProbe }}
exec:
  command:
    - sh
    - -ec
    - |
      {{- include "redis.probeQuestion" (dict "root" . "port" "REDIS_PORT") | nindent 6 }}
      case "$answer" in
        *PONG* | *LOADING* | *MASTERDOWN* | *BUSY* | *NOAUTH*) ;;
        *) echo "$answer" >&2; exit 1 ;;
      esac
      {{- if .Values.tls.enabled }}
      cli config set tls-cert-file "$REDIS_TLS_CERT" > /dev/null 2>&1 || true
      {{- end }}
      {{- if include "redis.aclSecretName" . }}
      {{- include "redis.loadUsers" . | nindent 6 }}
      {{- end }}
{{- end -}}

{{- /*
redis.sentinelLivenessProbe: asks the Sentinel whether it lives. No command has it read a renewed certificate, so one that
was written after the Sentinel's start (its process file) asks for a restart. Call: include "redis.sentinelLivenessProbe" $
*/ -}}
{{- define "redis.sentinelLivenessProbe" -}}
{{- toYaml .Values.livenessProbe }}
exec:
  command:
    - sh
    - -ec
    - |
      {{- include "redis.probeQuestion" (dict "root" . "port" "SENTINEL_PORT") | nindent 6 }}
      case "$answer" in
        *PONG* | *NOAUTH*) ;;
        *) echo "$answer" >&2; exit 1 ;;
      esac
      if [ -e /etc/redis/sentinel.pid ] && [ /tls/..data -nt /etc/redis/sentinel.pid ]; then
        echo "the certificate is newer than the process" >&2
        exit 1
      fi
{{- end -}}

{{- /*
redis.probeQuestion: asks with what the operator puts into the container's environment; redis-cli takes no empty password.
What answers at 127.0.0.1 is the pod's own process, so nothing is verified: the authority in the folder may be a later one
than the chain that is served, and whoever asked by that would have every server restarted at once, and never have it read.
Call: include "redis.probeQuestion" (dict "root" $ "port" "REDIS_PORT")
*/ -}}
{{- define "redis.probeQuestion" -}}
{{- $values := .root.Values -}}
cli() { redis-cli -h 127.0.0.1 -p "${{ .port }}"{{ if $values.tls.enabled }} --tls --insecure{{ end }} "$@"; }
{{- if $values.auth.enabled }}
export REDISCLI_AUTH="$REDIS_PASSWORD"
{{- end }}
answer="$(cli ping 2>&1 || true)"
{{- end -}}
