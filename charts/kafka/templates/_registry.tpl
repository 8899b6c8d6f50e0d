{{- /*
kafka.registryUrl: address of the schema registry's API. Call: include "kafka.registryUrl" $
*/ -}}
{{- define "kafka.registryUrl" -}}
https://{{ include "kafka.name" (dict "root" . "suffix" "registry") }}.{{ .Release.Namespace }}.svc:8443/apis/registry/v3
{{- end -}}

{{- /*
kafka.registryServes: "true" where a schema registry runs. While the cluster follows another, so does the journal, and the
registry waits at zero pods. Call: include "kafka.registryServes" $
*/ -}}
{{- define "kafka.registryServes" -}}
{{- if and .Values.registry.enabled (not .Values.mirror.enabled) -}}
true
{{- end -}}
{{- end -}}

{{- /*
kafka.registryTlsSecret: the Secret with the registry's certificate. Call: include "kafka.registryTlsSecret" $
*/ -}}
{{- define "kafka.registryTlsSecret" -}}
{{ .Values.registry.tls.secretName | default (include "kafka.name" (dict "root" . "suffix" "registry-tls")) }}
{{- end -}}

{{- /*
kafka.registryPodLabels: labels of a pod of the registry. Call: include "kafka.registryPodLabels" (dict "root" $ "part" "registry")
*/ -}}
{{- define "kafka.registryPodLabels" -}}
{{- $root := .root -}}
{{ include "kafka.podsOf" . }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/version: {{ splitList "@" $root.Values.registry.image.tag | first | include "common.labelValue" | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service | quote }}
{{- range $name, $value := $root.Values.commonLabels }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- /*
kafka.registryEnv: what the registry is told, as name and value. It keeps its schemas in a topic (kafkasql). Kafka's own
clients read the certificate of its user (`\$` keeps the reference from Quarkus, which would look it up itself); Apicurio
alone would not compare the brokers' names with their certificates.
https://www.apicur.io/registry/docs/apicurio-registry/3.3.x/getting-started/assembly-config-reference.html
Call: include "kafka.registryEnv" $ | fromYaml
*/ -}}
{{- define "kafka.registryEnv" -}}
{{- $name := include "kafka.ownUser" (dict "root" . "part" "registry") -}}
QUARKUS_PROFILE: prod
QUARKUS_LOG_LEVEL: WARN
JAVA_OPTS_APPEND: -XX:MaxRAMPercentage=60
APICURIO_STORAGE_KIND: kafkasql
APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: {{ include "kafka.bootstrap" . | quote }}
APICURIO_KAFKASQL_TOPIC_AUTO_CREATE: 'false'
APICURIO_KAFKASQL_TOPIC: {{ $name }}-journal
APICURIO_KAFKASQL_SNAPSHOTS_TOPIC: {{ $name }}-snapshots
APICURIO_EVENTS_KAFKA_TOPIC: {{ $name }}-events
APICURIO_KAFKASQL_CONSUMER_GROUP_PREFIX: {{ $name }}-
APICURIO_KAFKA_COMMON_SECURITY_PROTOCOL: SSL
APICURIO_KAFKA_COMMON_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM: https
APICURIO_KAFKA_COMMON_SSL_TRUSTSTORE_TYPE: PEM
APICURIO_KAFKA_COMMON_SSL_TRUSTSTORE_LOCATION: /mnt/cluster-ca/ca.crt
APICURIO_KAFKA_COMMON_SSL_KEYSTORE_TYPE: PEM
APICURIO_KAFKA_COMMON_SSL_KEYSTORE_CERTIFICATE_CHAIN: \${directory:/mnt/user:user.crt}
APICURIO_KAFKA_COMMON_SSL_KEYSTORE_KEY: \${directory:/mnt/user:user.key}
APICURIO_KAFKA_COMMON_CONFIG_PROVIDERS: directory
APICURIO_KAFKA_COMMON_CONFIG_PROVIDERS_DIRECTORY_CLASS: org.apache.kafka.common.config.provider.DirectoryConfigProvider
APICURIO_KAFKA_COMMON_CONFIG_PROVIDERS_DIRECTORY_PARAM_ALLOWED_PATHS: /mnt/user
QUARKUS_HTTP_INSECURE_REQUESTS: disabled
QUARKUS_HTTP_SSL_PORT: '8443'
QUARKUS_HTTP_SSL_PROTOCOLS: TLSv1.3,TLSv1.2
QUARKUS_HTTP_SSL_CERTIFICATE_FILES: /mnt/tls/tls.crt
QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES: /mnt/tls/tls.key
QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD: 1m
QUARKUS_MANAGEMENT_PORT: '9000'
{{- if eq .Values.registry.authentication "oidc" }}
QUARKUS_OIDC_TENANT_ENABLED: 'true'
QUARKUS_OIDC_AUTH_SERVER_URL: {{ .Values.registry.oidc.issuer | quote }}
QUARKUS_OIDC_CLIENT_ID: {{ .Values.registry.oidc.audience | quote }}
QUARKUS_OIDC_TOKEN_AUDIENCE: {{ .Values.registry.oidc.audience | quote }}
QUARKUS_OIDC_CONNECTION_DELAY: 2m
{{- with .Values.registry.oidc.rolesClaim }}
QUARKUS_OIDC_ROLES_ROLE_CLAIM_PATH: {{ . | quote }}
{{- end }}
{{- if .Values.registry.oidc.caSecret }}
QUARKUS_OIDC_TLS_TLS_CONFIGURATION_NAME: issuer
QUARKUS_TLS_ISSUER_TRUST_STORE_PEM_CERTS: /mnt/issuer-ca/ca.crt
{{- end }}
APICURIO_AUTH_ROLE_BASED_AUTHORIZATION: 'true'
{{- end }}
{{- end -}}

{{- /*
kafka.registryMounts: Secrets that the registry's pods mount, by folder below /mnt. Call: include "kafka.registryMounts" $ | fromYaml
*/ -}}
{{- define "kafka.registryMounts" -}}
user: {{ include "kafka.ownUser" (dict "root" . "part" "registry") | quote }}
cluster-ca: {{ include "kafka.name" (dict "root" .) }}-cluster-ca-cert
tls: {{ include "kafka.registryTlsSecret" . | quote }}
{{- if eq .Values.registry.authentication "oidc" }}
{{- with .Values.registry.oidc.caSecret }}
issuer-ca: {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
kafka.registryPod: what each of the registry's pods has. Call: include "kafka.registryPod" (dict "root" $ "part" "registry")
*/ -}}
{{- define "kafka.registryPod" -}}
serviceAccountName: {{ include "kafka.name" (dict "root" .root "suffix" .part) | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- include "kafka.podDns" .root }}
securityContext: {{- include "common.podSecurityContext" (dict "override" (dict "runAsUser" 1001 "runAsGroup" 1001 "fsGroup" 1001)) | nindent 2 }}
{{- with .root.Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{- /*
kafka.registryContainer: what Pod Security "restricted" asks of a container, as the user that owns the image's files.
Call: include "kafka.registryContainer" $
*/ -}}
{{- define "kafka.registryContainer" -}}
{{- include "common.containerSecurityContext" (dict "override" (dict "runAsUser" 1001 "runAsGroup" 1001)) -}}
{{- end -}}

{{- /*
kafka.mounts: a folder below /mnt for each Secret, and a place for temporary files, as the mounts of a container.
Call: include "kafka.mounts" $mounts
*/ -}}
{{- define "kafka.mounts" -}}
{{- range $folder, $secret := . }}
- { name: {{ $folder }}, mountPath: /mnt/{{ $folder }}, readOnly: true }
{{- end }}
- { name: tmp, mountPath: /tmp }
{{- end -}}

{{- /*
kafka.volumes: the volumes of kafka.mounts. Call: include "kafka.volumes" (dict "mounts" $mounts "tmp" "64Mi")
*/ -}}
{{- define "kafka.volumes" -}}
{{- range $folder, $secret := .mounts }}
- { name: {{ $folder }}, secret: { secretName: {{ $secret | quote }} } }
{{- end }}
- { name: tmp, emptyDir: { sizeLimit: {{ .tmp }} } }
{{- end -}}

{{- /*
kafka.registryTestScript: what `helm test` asks the registry. Call: include "kafka.registryTestScript" $
*/ -}}
{{- define "kafka.registryTestScript" -}}
status() { curl --silent --max-time 30 --cacert "$REGISTRY_CA" --output /dev/null --write-out '%{http_code}' "$@" || true; }
want() {
  if [ "$2" != "$3" ]; then echo "$1 is answered with $2; want $3"; exit 1; fi
}
want 'a request over TLS' "$(status "$REGISTRY_URL/system/info")" 200
want 'a request without TLS' "$(status "http${REGISTRY_URL#https}/system/info")" 000
{{- if eq .Values.registry.authentication "oidc" }}
want 'a request without a token' "$(status "$REGISTRY_URL/groups/default/artifacts")" 401
{{- end }}
echo 'the schema registry answers over TLS alone'
{{- end -}}
