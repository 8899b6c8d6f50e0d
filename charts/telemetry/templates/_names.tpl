{{- /*
telemetry.name: the name of the release's objects, with an optional suffix. Call: include "telemetry.name" (dict "root" $ "suffix" "backend")
*/ -}}
{{- define "telemetry.name" -}}
{{- include "common.fullname" . -}}
{{- end -}}

{{- /*
telemetry.labels: the labels of every object but the collector. Call: include "telemetry.labels" $
*/ -}}
{{- define "telemetry.labels" -}}
{{- include "common.labels" (dict "root" . "version" .Values.image.tag "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
telemetry.selectorLabels: labels of the pods, and of no others. The operator gives them an instance of its own, and the name that
the collector's labels say (internal/manifests/manifestutils/labels.go of 0.158). Call: include "telemetry.selectorLabels" $
*/ -}}
{{- define "telemetry.selectorLabels" -}}
app.kubernetes.io/name: {{ include "telemetry.name" (dict "root" .) | quote }}
app.kubernetes.io/component: opentelemetry-collector
{{- end -}}

{{- /*
telemetry.peersHost: the host behind which all pods are, one by one. The operator makes its Service.
Call: include "telemetry.peersHost" $
*/ -}}
{{- define "telemetry.peersHost" -}}
{{- printf "%s-collector-headless.%s.svc.cluster.local" (include "telemetry.name" (dict "root" .)) .Release.Namespace -}}
{{- end -}}

{{- /*
telemetry.secretName: the Secret with the backend's token. Call: include "telemetry.secretName" $
*/ -}}
{{- define "telemetry.secretName" -}}
{{- .Values.backend.secretName | default (include "telemetry.name" (dict "root" . "suffix" "backend")) -}}
{{- end -}}

{{- /*
telemetry.isShared: "true" where several pods share the traces. Call: include "telemetry.isShared" $
*/ -}}
{{- define "telemetry.isShared" -}}
{{- if gt (int .Values.replicas) 1 -}}
true
{{- end -}}
{{- end -}}

{{- /*
telemetry.isInMesh: "true" where the pods have a proxy of the mesh. Call: include "telemetry.isInMesh" $
*/ -}}
{{- define "telemetry.isInMesh" -}}
{{- if ne .Values.mesh.mode "none" -}}
true
{{- end -}}
{{- end -}}

{{- /*
telemetry.flowNames: names of flows in the order of their rules, as one text. Call: include "telemetry.flowNames" .Values.network.ingress
*/ -}}
{{- define "telemetry.flowNames" -}}
{{- $names := list -}}
{{- range . -}}
{{- $names = append $names .flow -}}
{{- end -}}
{{- join "," $names -}}
{{- end -}}
