{{- /*
postgres.isTested: "true" where `helm test` has a primary to ask. Call: include "postgres.isTested" $
*/ -}}
{{- define "postgres.isTested" -}}
{{- if and .Values.tests.enabled (not (include "postgres.isFollowing" .)) -}}
true
{{- end -}}
{{- end -}}

{{- /*
postgres.testLabels: labels of the test's pods; no flow of the graph matches them. Call: include "postgres.testLabels" $
*/ -}}
{{- define "postgres.testLabels" -}}
app.kubernetes.io/name: {{ include "common.fullname" (dict "root" . "suffix" "test") | quote }}
app.kubernetes.io/component: test
{{- end -}}

{{- /*
postgres.testPolicyAnnotations: the test's policies exist before its pods, and are gone after them. Call: include "postgres.testPolicyAnnotations" $
*/ -}}
{{- define "postgres.testPolicyAnnotations" -}}
helm.sh/hook: test
helm.sh/hook-weight: '-1'
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{- /*
postgres.testEnv: where the test connects and as whom: the owner of the first database.
Call: include "postgres.testEnv" (dict "root" $ "cluster" "accounts-db")
*/ -}}
{{- define "postgres.testEnv" -}}
{{- $secret := dig "secret" "name" (printf "%s-app" .cluster) .root.Values.bootstrap.initdb -}}
- { name: PGHOST, value: {{ .cluster }}-rw }
- { name: PGPORT, value: '5432' }
- { name: PGDATABASE, value: {{ include "postgres.database" .root | quote }} }
- { name: PGCONNECT_TIMEOUT, value: '10' }
- { name: PGSSLROOTCERT, value: /authority/ca.crt }
- { name: PGUSER, valueFrom: { secretKeyRef: { name: {{ $secret | quote }}, key: username } } }
- { name: PGPASSWORD, valueFrom: { secretKeyRef: { name: {{ $secret | quote }}, key: password } } }
{{- end -}}
