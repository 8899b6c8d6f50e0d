{{- /*
service.isInMesh: "true" where the pods have a proxy of the mesh. Call: include "service.isInMesh" $
*/ -}}
{{- define "service.isInMesh" -}}
{{- if ne .Values.mesh.mode "none" -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.meshLabels: what istiod's webhook looks for, in a namespace of which it is told nothing: there are pods beside that
stay outside. Nothing where there is no mesh. Call: include "service.meshLabels" $
*/ -}}
{{- define "service.meshLabels" -}}
{{- if include "service.isInMesh" . -}}
sidecar.istio.io/inject: 'true'
{{- end -}}
{{- end -}}

{{- /*
service.meshAnnotations: what the proxy needs, so that quotas can be told from manifests. Its memory is what it may take, too.
Nothing where there is no mesh. Call: include "service.meshAnnotations" $
*/ -}}
{{- define "service.meshAnnotations" -}}
{{- if include "service.isInMesh" . -}}
{{- with .Values.mesh.proxy -}}
sidecar.istio.io/proxyCPU: {{ .requests.cpu | quote }}
sidecar.istio.io/proxyCPULimit: {{ .limits.cpu | quote }}
sidecar.istio.io/proxyMemory: {{ .limits.memory | quote }}
sidecar.istio.io/proxyMemoryLimit: {{ .limits.memory | quote }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
service.meshHost: the host by which callers in the mesh know the service. Call: include "service.meshHost" $
*/ -}}
{{- define "service.meshHost" -}}
{{- printf "%s.%s.svc.cluster.local" (include "service.name" .) .Release.Namespace -}}
{{- end -}}

{{- /*
service.plainPorts: ports that callers outside of the mesh come to, in order, as a JSON list. Call: include "service.plainPorts" $
*/ -}}
{{- define "service.plainPorts" -}}
{{- $ports := list -}}
{{- range .Values.mesh.callers -}}
{{- if not .account -}}
{{- range .ports -}}
{{- $ports = append $ports (toString .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $ports | uniq | sortAlpha | toJson -}}
{{- end -}}
