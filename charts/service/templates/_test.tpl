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

{{- /*
service.testImage: the image of the test's pod. A digest belongs to one tag, so another tag goes without unless it is given.
Call: include "service.testImage" $
*/ -}}
{{- define "service.testImage" -}}
{{- $known := dict "8.11.1" "sha256:c1fe1679c34d9784c1b0d1e5f62ac0a79fca01fb6377cdd33e90473c6f9f9a69" -}}
{{- $image := .Values.tests.image -}}
{{- $digest := $image.digest | default (get $known $image.tag) -}}
{{- include "common.image" (dict "image" (merge (dict "digest" $digest) $image) "at" "tests.image") -}}
{{- end -}}
