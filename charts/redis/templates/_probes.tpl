{{- /*
redis.livenessProbe: asks the server whether it lives. One that still loads its data, waits for its master or runs a long
script answers so, and a restart would only begin that again. Call: include "redis.livenessProbe" $
*/ -}}
{{- define "redis.livenessProbe" -}}
{{- toYaml .Values.livenessProbe }}
exec:
  command:
    - sh
    - -ec
    - |
      answer="$(redis-cli -h 127.0.0.1 -p "${REDIS_PORT:-6379}"{{ if .Values.tls.enabled }} --tls --cacert "${REDIS_TLS_CA_CERT:-/tls/ca.crt}"{{ end }} ping 2>&1 || true)"
      case "$answer" in
        PONG | LOADING* | MASTERDOWN* | BUSY*) ;;
        *) echo "$answer" >&2; exit 1 ;;
      esac
{{- end -}}
