{{- /*
postgres.pooler: the manifest of a Pooler.
Call: include "postgres.pooler" (dict "root" $ "cluster" "accounts-db" "name" "rw" "pooler" $pooler)
*/ -}}
{{- define "postgres.pooler" -}}
{{- $poolSize := .pooler.poolSize | default 20 | int -}}
{{- $parameters := dict
      "client_tls_sslmode" "require"
      "default_pool_size" (toString $poolSize)
      "max_db_connections" (toString $poolSize)
      "max_client_conn" (.pooler.clientConnections | default 1000 | int | toString)
      "max_prepared_statements" "100" -}}
apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata:
  name: {{ include "postgres.poolerName" (dict "cluster" .cluster "name" .name) | quote }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels: {{- include "postgres.labels" .root | nindent 4 }}
spec:
  cluster:
    name: {{ .cluster | quote }}
  type: {{ .pooler.type }}
  instances: {{ .pooler.instances | default 2 | int }}
  {{- with .pooler.serviceAccountName }}
  serviceAccountName: {{ . | quote }}
  {{- end }}
  {{- with .pooler.service }}
  serviceTemplate: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .pooler.strategy }}
  deploymentStrategy: {{- toYaml . | nindent 4 }}
  {{- end }}
  pgbouncer:
    poolMode: {{ .pooler.mode | default "transaction" }}
    parameters: {{- mergeOverwrite $parameters (deepCopy (.pooler.parameters | default dict)) | toYaml | nindent 6 }}
    {{- if .pooler.paused }}
    paused: true
    {{- end }}
    {{- with .pooler.rules }}
    pg_hba: {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .pooler.certificate }}
    clientTLSSecret: {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .pooler.image }}
    image: {{ . | quote }}
    {{- end }}
    {{- with .pooler.imageCatalogRef }}
    imageCatalogRef: {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .pooler.authQuery }}
    authQuery: {{ . | quote }}
    {{- end }}
    {{- with .pooler.serverCertificate }}
    serverTLSSecret: {{- toYaml . | nindent 6 }}
    {{- end }}
  {{- if include "postgres.poolerMetricsTls" (dict "root" .root "pooler" .pooler) }}
  monitoring:
    tls:
      enabled: true
  {{- end }}
  template: {{- include "postgres.poolerPod" . | nindent 4 }}
{{- end -}}
