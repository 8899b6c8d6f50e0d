{{- /*
redis.testName: the name of the test's pod and policies. Call: include "redis.testName" $
*/ -}}
{{- define "redis.testName" -}}
{{- include "common.fullname" (dict "root" . "suffix" "test") -}}
{{- end -}}

{{- /*
redis.testLabels: labels of the test's pod; no selector of the servers, and no flow of the graph, matches them.
Call: include "redis.testLabels" $
*/ -}}
{{- define "redis.testLabels" -}}
app.kubernetes.io/name: {{ include "redis.testName" . | quote }}
app.kubernetes.io/component: test
{{- end -}}

{{- /*
redis.testPolicyAnnotations: the test's policies exist before its pod, and are gone after it. Call: include "redis.testPolicyAnnotations" $
*/ -}}
{{- define "redis.testPolicyAnnotations" -}}
helm.sh/hook: test
helm.sh/hook-weight: '-1'
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{- /*
redis.testScript: writes and reads a key as a client would; then proves that neither plaintext nor a client without
password gets an answer. An answer in plaintext, be it an error, means that plaintext is served.
Call: include "redis.testScript" $
*/ -}}
{{- define "redis.testScript" -}}
{{- $tls := .Values.tls.enabled | ternary " --tls --cacert \"$REDIS_CA\"" "" -}}
key="helm-test:$(date +%s)"
cli() { redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT"{{ $tls }}{{ if eq .Values.mode "cluster" }} -c{{ end }} "$@"; }
tries=0
until [ "$(cli ping 2>&1)" = PONG ]; do
  tries=$((tries + 1))
  if [ "$tries" -ge "$TRIES" ]; then
    echo "no answer from $REDIS_HOST:$REDIS_PORT: $(cli ping 2>&1)" >&2
    exit 1
  fi
  sleep 3
done
cli set "$key" written ex 60 > /dev/null
found="$(cli get "$key")"
cli del "$key" > /dev/null
[ "$found" = written ] || { echo "wrote a key and read \"$found\"" >&2; exit 1; }
{{- if .Values.auth.enabled }}
answer="$(unset REDISCLI_AUTH; cli ping 2>&1 || true)"
case "$answer" in NOAUTH*) ;; *) echo "a client without password got: $answer" >&2; exit 1 ;; esac
{{- end }}
{{- if .Values.tls.enabled }}
answer="$(timeout 10 redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" ping 2>&1 || true)"
case "$answer" in *PONG* | *NOAUTH* | *WRONGPASS* | *DENIED*) echo "plaintext got: $answer" >&2; exit 1 ;; esac
{{- end }}
echo "written, read{{ if .Values.auth.enabled }}; without password refused{{ end }}{{ if .Values.tls.enabled }}; plaintext refused{{ end }}"
{{- end -}}
