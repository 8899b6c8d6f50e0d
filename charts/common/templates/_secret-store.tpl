{{- /*
common.secretStore: a SecretStore by which the External Secrets operator logs in to a vault (OpenBao, Vault) as one account.
Its token is for the vault alone: one for the Kubernetes API would open that, too.
Call:  include "common.secretStore" (dict "root" $ "name" "accounts" "labels" $labels "account" "accounts" "store" .Values.secretStore)
       labels: text of a map; annotations: text as well, none when left out.
       store: {server, mount, role, audience}; version: `v1` for what is no store of secrets with versions, v2 when left out.
*/ -}}
{{- define "common.secretStore" -}}
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: {{ .name | quote }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels: {{- .labels | nindent 4 }}
  {{- with .annotations }}
  annotations: {{- . | nindent 4 }}
  {{- end }}
spec:
  provider:
    vault:
      server: {{ .store.server | quote }}
      path: {{ .store.mount | quote }}
      version: {{ .version | default "v2" }}
      auth:
        kubernetes:
          mountPath: kubernetes
          role: {{ .store.role | default .account | quote }}
          serviceAccountRef:
            name: {{ .account | quote }}
            audiences: [{{ .store.audience | quote }}]
{{- end -}}
