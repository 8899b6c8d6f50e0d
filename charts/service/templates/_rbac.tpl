{{- /*
service.subjects: who a role is bound to, the pods' own account. Call: include "service.subjects" $
*/ -}}
{{- define "service.subjects" -}}
- kind: ServiceAccount
  name: {{ include "service.serviceAccountName" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
{{- end -}}

{{- /*
service.clusterRoleName: a name that no release of another namespace has. Call: include "service.clusterRoleName" $
*/ -}}
{{- define "service.clusterRoleName" -}}
{{- include "common.bounded" (dict "name" (printf "%s-%s" .Release.Namespace (include "service.name" .))) -}}
{{- end -}}
