{{- /*
postgres.objectStore: the manifest of an ObjectStore. Call: include "postgres.objectStore" (dict "root" $ "store" $store)
       store: an entry of postgres.objectStores.
*/ -}}
{{- define "postgres.objectStore" -}}
{{- $store := .store -}}
{{- with .root -}}
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata:
  name: {{ $store.name | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "postgres.labels" . | nindent 4 }}
  annotations: {{- include "postgres.keep" . | nindent 4 }}
spec:
  configuration: {{- include "postgres.storeConfiguration" (dict "root" . "configuration" $store.configuration) | nindent 4 }}
  {{- with $store.retentionPolicy }}
  retentionPolicy: {{ . }}
  {{- end }}
  instanceSidecarConfiguration: {{- include "postgres.sidecar" . | nindent 4 }}
{{- end -}}
{{- end -}}
