{{- /*
kafka.schemaRules: how the schema of each topic's values may change, by artifact; nothing without such topics.
Call: include "kafka.schemaRules" $ | fromYaml
*/ -}}
{{- define "kafka.schemaRules" -}}
{{- range $name, $topic := include "kafka.topics" . | fromYaml }}
{{- if has $topic.preset (list "eventStream" "compactedState") }}
{{ $name }}-value: {{ $topic.compatibility }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
kafka.setsRules: "true" where a registry runs and has rules to keep. Call: include "kafka.setsRules" $
*/ -}}
{{- define "kafka.setsRules" -}}
{{- if and (include "kafka.registryServes" .) (include "kafka.schemaRules" .) -}}
true
{{- end -}}
{{- end -}}

{{- /*
kafka.schemaScript: makes each artifact where it lacks, empty, and sets its rule, so that the first schema meets the rule
already. It may run any number of times. No token or password is ever an argument. Call: include "kafka.schemaScript" $
*/ -}}
{{- define "kafka.schemaScript" -}}
request() {
  curl --silent --show-error --max-time 30 --cacert "$REGISTRY_CA" --output "$WORK_FOLDER/answer" --write-out '%{http_code}' \
    --config <(echo "$authorization") \
    --header 'Content-Type: application/json' --request "$1" ${3:+--data "$3"} "$REGISTRY_URL$2"
}
refuse() {
  echo "$1 is answered with $2"
  cat "$WORK_FOLDER/answer"
  exit 1
}
# The value of a text field of an answer in JSON.
field() {
  local pattern="\"$1\"[[:space:]]*:[[:space:]]*\"([^\"]+)\""
  [[ "$2" =~ $pattern ]] || { echo "the issuer's answer has no $1" >&2; return 1; }
  echo "${BASH_REMATCH[1]//\\\//\/}"
}

authorization=''
if [ -n "${ISSUER:-}" ]; then
  issuer() { curl --silent --show-error --fail --max-time 30 ${ISSUER_CA:+--cacert "$ISSUER_CA"} "$@"; }
  endpoint=$(field token_endpoint "$(issuer "${ISSUER%/}/.well-known/openid-configuration")")
  answer=$(field access_token "$(issuer --data grant_type=client_credentials \
    --data-urlencode "client_id@$CREDENTIALS_FOLDER/client-id" \
    --data-urlencode "client_secret@$CREDENTIALS_FOLDER/client-secret" "$endpoint")")
  authorization="header = \"Authorization: Bearer $answer\""
fi

while read -r artifact mode; do
  artifacts=/groups/default/artifacts
  rule="{\"ruleType\":\"COMPATIBILITY\",\"config\":\"$mode\"}"
  status=$(request POST "$artifacts" "{\"artifactId\":\"$artifact\",\"artifactType\":\"AVRO\"}")
  case $status in 200 | 409) ;; *) refuse "$artifact" "$status" ;; esac
  status=$(request PUT "$artifacts/$artifact/rules/COMPATIBILITY" "$rule")
  if [ "$status" = 404 ]; then status=$(request POST "$artifacts/$artifact/rules" "$rule"); fi
  case $status in 200 | 204) echo "$artifact: $mode" ;; *) refuse "the rule of $artifact" "$status" ;; esac
done <<< "$RULES"
{{- end -}}

{{- /*
kafka.schemaJobPod: the pod that sets the rules. Call: include "kafka.schemaJobPod" $
*/ -}}
{{- define "kafka.schemaJobPod" -}}
{{- $oidc := eq .Values.registry.authentication "oidc" -}}
{{- $mounts := dict "tls" (include "kafka.registryTlsSecret" .) -}}
{{- if $oidc -}}
{{- $_ := set $mounts "credentials" .Values.registry.oidc.credentialsSecret -}}
{{- with .Values.registry.oidc.caSecret -}}
{{- $_ := set $mounts "issuer-ca" . -}}
{{- end -}}
{{- end -}}
metadata:
  labels: {{- include "kafka.registryPodLabels" (dict "root" . "part" "registry-rules") | nindent 4 }}
spec:
  restartPolicy: OnFailure
  {{- include "kafka.registryPod" (dict "root" . "part" "registry-rules") | nindent 2 }}
  containers:
    - name: rules
      image: {{ include "common.image" (dict "image" .Values.registry.image "at" "registry.image") | quote }}
      imagePullPolicy: IfNotPresent
      command: [bash, -euo, pipefail, -c]
      args:
        - |
          {{- include "kafka.schemaScript" . | nindent 10 }}
      env:
        - { name: REGISTRY_URL, value: {{ include "kafka.registryUrl" . | quote }} }
        - { name: REGISTRY_CA, value: /mnt/tls/ca.crt }
        - { name: WORK_FOLDER, value: /tmp }
        {{- if $oidc }}
        - { name: ISSUER, value: {{ .Values.registry.oidc.issuer | quote }} }
        - { name: CREDENTIALS_FOLDER, value: /mnt/credentials }
        {{- if .Values.registry.oidc.caSecret }}
        - { name: ISSUER_CA, value: /mnt/issuer-ca/ca.crt }
        {{- end }}
        {{- end }}
        - name: RULES
          value: |-
            {{- range $artifact, $mode := include "kafka.schemaRules" . | fromYaml }}
            {{ $artifact }} {{ $mode }}
            {{- end }}
      securityContext: {{- include "kafka.registryContainer" . | nindent 8 }}
      resources:
        requests: { cpu: 50m, memory: 64Mi, ephemeral-storage: 64Mi }
        limits: { cpu: 200m, memory: 64Mi, ephemeral-storage: 64Mi }
      volumeMounts: {{- include "kafka.mounts" $mounts | nindent 8 }}
  volumes: {{- include "kafka.volumes" (dict "mounts" $mounts "tmp" "16Mi") | nindent 4 }}
{{- end -}}
