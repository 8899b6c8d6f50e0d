{{- /*
postgres.identity: the account of the instances and their Jobs, as the cloud and the operator know it; and what everything
that the operator makes inherits. Azure's webhook gives an identity to pods with this label alone
(azure.github.io/azure-workload-identity, "Service Account Labels and Annotations"). Call: include "postgres.identity" $
*/ -}}
{{- define "postgres.identity" -}}
{{- $account := .Values.serviceAccount -}}
{{- if $account.name }}
serviceAccountName: {{ $account.name | quote }}
{{- else if or $account.annotations $account.labels }}
serviceAccountTemplate:
  metadata: {{- dict "annotations" $account.annotations "labels" $account.labels | toYaml | nindent 4 }}
{{- end }}
{{- $inherited := deepCopy (.Values.cluster.inheritedMetadata | default dict) -}}
{{- if hasKey $account.annotations "azure.workload.identity/client-id" -}}
{{- $inherited = mergeOverwrite (dict "labels" (dict "azure.workload.identity/use" "true")) $inherited -}}
{{- end -}}
{{- with $inherited }}
inheritedMetadata: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
postgres.inheritsRole: "true" where the log is archived by a role that the cloud gives to pods, and no key. Call: include "postgres.inheritsRole" $
*/ -}}
{{- define "postgres.inheritsRole" -}}
{{- if include "postgres.archives" . -}}
{{- $store := include "postgres.ownStore" . | fromJson -}}
{{- if dig "inheritFromIAMRole" false ($store.s3Credentials | default dict) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}
