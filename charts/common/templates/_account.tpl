{{- /*
common.account: a ServiceAccount for pods that need nothing of the Kubernetes API. It has the name that their label
`app.kubernetes.io/name` has, so that who they are is one thing (control F1 of the chart foundation).
Call:  include "common.account" (dict "root" $ "name" "accounts-test" "labels" (include "service.testLabels" $))
       with "test" true, it is there while `helm test` runs
*/ -}}
{{- define "common.account" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .name | quote }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels: {{- .labels | nindent 4 }}
  {{- if .test }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-weight: '-1'
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
  {{- end }}
automountServiceAccountToken: false
{{- end -}}
