{{- /*
service.test: which test `helm test` runs: `readiness` where there are a Service, an HTTP readiness probe, and pods, and no
mesh, which lets in no strangers;
else `start` where a command is known that does no work; else nothing. Call: include "service.test" $
*/ -}}
{{- define "service.test" -}}
{{- $probe := .Values.readinessProbe -}}
{{- if not .Values.tests.enabled -}}
{{- else if and (include "service.hasService" .) $probe.enabled (not $probe.custom) (not (include "service.isInMesh" .)) (include "service.fewestReplicas" . | int) -}}
readiness
{{- else if include "service.testCommand" . -}}
start
{{- end -}}
{{- end -}}

{{- /*
service.testCommand: what the start test runs in the service's image, as JSON; nothing where none is known.
Call: include "service.testCommand" $ | fromJsonArray
*/ -}}
{{- define "service.testCommand" -}}
{{- with .Values.tests.command | default (.Values.jvm.enabled | ternary (list "java" "-version") list) -}}
{{ toJson . }}
{{- end -}}
{{- end -}}

{{- /*
service.startPodSpec: the service's pod with another command, alone and for once: without other containers, and without
claims, which the service may hold. Call: include "service.startPodSpec" $
*/ -}}
{{- define "service.startPodSpec" -}}
{{- $pod := (include "service.podTemplate" . | fromYaml).spec -}}
{{- $volumes := list -}}
{{- $names := list -}}
{{- range $pod.volumes -}}
{{- if not (hasKey . "persistentVolumeClaim") -}}
{{- $volumes = append $volumes . -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- end -}}
{{- $mounts := list -}}
{{- $app := first $pod.containers -}}
{{- range $app.volumeMounts -}}
{{- if has .name $names -}}
{{- $mounts = append $mounts . -}}
{{- end -}}
{{- end -}}
{{- $own := pick $app "name" "image" "imagePullPolicy" "env" "envFrom" "resources" "securityContext" -}}
{{- $container := merge $own (dict "command" (include "service.testCommand" . | fromJsonArray) "volumeMounts" $mounts) -}}
{{- $spec := omit $pod "initContainers" "topologySpreadConstraints" -}}
{{- $once := dict "serviceAccountName" (include "service.testName" .) "restartPolicy" "Never" "activeDeadlineSeconds" 120 "containers" (list $container) "volumes" $volumes -}}
{{- toYaml (mergeOverwrite $spec $once) -}}
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
http://{{ include "service.name" . }}:{{ include "service.trafficPort" . }}{{ .Values.readinessProbe.path }}
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
