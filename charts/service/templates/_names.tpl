{{- /*
service.name: the name of every object of the release. Call: include "service.name" $
*/ -}}
{{- define "service.name" -}}
{{- include "common.fullname" (dict "root" .) -}}
{{- end -}}

{{- /*
service.labels: the labels of every object but the pods. Call: include "service.labels" $
*/ -}}
{{- define "service.labels" -}}
{{- include "common.labels" (dict "root" . "version" (include "common.imageTag" .Values.image) "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
service.selectorLabels: the labels that select the release's pods. Call: include "service.selectorLabels" $
*/ -}}
{{- define "service.selectorLabels" -}}
{{- include "common.selectorLabels" (dict "root" .) -}}
{{- end -}}

{{- /*
service.serviceAccountName: the pods' identity. Call: include "service.serviceAccountName" $
*/ -}}
{{- define "service.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "service.name" .) -}}
{{- end -}}

{{- /*
service.actuatorPort: name of the port that answers probes and metrics. Call: include "service.actuatorPort" $
*/ -}}
{{- define "service.actuatorPort" -}}
{{- include "service.managementPort" . | empty | ternary "http" "management" -}}
{{- end -}}

{{- /*
service.probePort: name of the port that a probe asks. Readiness asks where the traffic comes in: with every request thread
busy the management port still says that all is well. Liveness must not, or load would restart the pods.
Call: include "service.probePort" (dict "root" $ "probe" "readinessProbe")
*/ -}}
{{- define "service.probePort" -}}
{{- eq .probe "readinessProbe" | ternary "http" (include "service.actuatorPort" .root) -}}
{{- end -}}

{{- /*
service.managementPort: number of actuator's own port; nothing where actuator shares the traffic port.
Call: include "service.managementPort" $
*/ -}}
{{- define "service.managementPort" -}}
{{- with .Values.spring -}}
{{- if and .enabled .managementPort -}}
{{ int .managementPort }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.trafficPort: port of the Service for traffic. Call: include "service.trafficPort" $
*/ -}}
{{- define "service.trafficPort" -}}
{{- .Values.service.port | default .Values.port | int -}}
{{- end -}}

{{- /*
service.headlessName: name of the Service that gives the pods' addresses, and each pod of a StatefulSet its DNS name. Call: include "service.headlessName" $
*/ -}}
{{- define "service.headlessName" -}}
{{- .Values.workload.statefulSet.serviceName | default (include "common.fullname" (dict "root" . "suffix" "headless")) -}}
{{- end -}}
