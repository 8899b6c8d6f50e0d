{{- /*
service.containerPorts: the container's ports, traffic first. Call: include "service.containerPorts" $
*/ -}}
{{- define "service.containerPorts" -}}
- name: http
  containerPort: {{ int .Values.port }}
  protocol: TCP
{{- with include "service.managementPort" . }}
- name: management
  containerPort: {{ . }}
  protocol: TCP
{{- end }}
{{- range $name, $port := .Values.extraPorts }}
- name: {{ $name | quote }}
  containerPort: {{ int $port.port }}
  protocol: {{ $port.protocol | default "TCP" }}
{{- end }}
{{- end -}}

{{- /*
service.servicePorts: the Service's ports, traffic first. Call: include "service.servicePorts" $
*/ -}}
{{- define "service.servicePorts" -}}
- name: http
  port: {{ include "service.trafficPort" . }}
  targetPort: http
  protocol: TCP
  appProtocol: {{ .Values.service.appProtocol | quote }}
{{- with include "service.managementPort" . }}
- name: management
  port: {{ . }}
  targetPort: management
  protocol: TCP
  appProtocol: http
{{- end }}
{{- range $name, $port := .Values.extraPorts }}
- name: {{ $name | quote }}
  port: {{ int ($port.servicePort | default $port.port) }}
  targetPort: {{ $name | quote }}
  protocol: {{ $port.protocol | default "TCP" }}
  {{- with $port.appProtocol }}
  appProtocol: {{ . | quote }}
  {{- end }}
{{- end }}
{{- end -}}

{{- /*
service.portNumber: the Service's port of a name, `http` or one of extraPorts; nothing for another name.
Call: include "service.portNumber" (dict "root" $ "name" "grpc")
*/ -}}
{{- define "service.portNumber" -}}
{{- if eq .name "http" -}}
{{ include "service.trafficPort" .root }}
{{- else -}}
{{- with get .root.Values.extraPorts .name -}}
{{ int (.servicePort | default .port) }}
{{- end -}}
{{- end -}}
{{- end -}}
