{{- /*
service.isTested: "true" where `helm test` has something to ask: a Service, an HTTP readiness probe, and pods.
Call: include "service.isTested" $
*/ -}}
{{- define "service.isTested" -}}
{{- $probe := .Values.readinessProbe -}}
{{- if and .Values.tests.enabled (include "service.hasService" .) $probe.enabled (not $probe.custom) (include "service.fewestReplicas" . | int) -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.testName: the name of the test's pod and policy. Call: include "service.testName" $
*/ -}}
{{- define "service.testName" -}}
{{- include "common.fullname" (dict "root" . "suffix" "test") -}}
{{- end -}}

{{- /*
service.testLabels: labels of the test's pod; no selector of the service, and no flow of the graph, matches them.
Call: include "service.testLabels" $
*/ -}}
{{- define "service.testLabels" -}}
app.kubernetes.io/name: {{ include "service.testName" . | quote }}
app.kubernetes.io/component: test
{{- end -}}

{{- /*
service.testPolicyAnnotations: the test's policies exist before its pod, and are gone after it. Call: include "service.testPolicyAnnotations" $
*/ -}}
{{- define "service.testPolicyAnnotations" -}}
helm.sh/hook: test
helm.sh/hook-weight: '-1'
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{- /*
service.testUrl: what the test asks. Call: include "service.testUrl" $
*/ -}}
{{- define "service.testUrl" -}}
{{- $port := include "service.managementPort" . | default (include "service.trafficPort" .) -}}
http://{{ include "service.name" . }}:{{ $port }}{{ .Values.readinessProbe.path }}
{{- end -}}
