{{- /*
kafka.listeners: the open listeners by name, with what they leave out. Call: include "kafka.listeners" $ | fromYaml
*/ -}}
{{- define "kafka.listeners" -}}
{{- $open := dict -}}
{{- range $name, $listener := .Values.listeners -}}
{{- if ne (toString $listener.enabled) "false" -}}
{{- $whole := merge (dict "tls" (ne (toString $listener.tls) "false")) (deepCopy $listener) (dict "type" "internal" "authentication" "tls" "port" 0) -}}
{{- $_ := set $open $name $whole -}}
{{- end -}}
{{- end -}}
{{- toYaml $open -}}
{{- end -}}

{{- /*
kafka.ownListener: port of the listener that the chart's own clients use: inside the cluster, TLS, certificates;
nothing where there is none. Call: include "kafka.ownListener" $
*/ -}}
{{- define "kafka.ownListener" -}}
{{- $ports := list -}}
{{- range $listener := include "kafka.listeners" . | fromYaml -}}
{{- if and $listener.tls (eq $listener.type "internal") (eq $listener.authentication "tls") -}}
{{- $ports = append $ports (int $listener.port) -}}
{{- end -}}
{{- end -}}
{{- with $ports | sortAlpha | first -}}
{{ . }}
{{- end -}}
{{- end -}}

{{- /*
kafka.published: load balancers and node ports that a listener takes, one for its bootstrap and one for each broker;
nothing where it takes none (Strimzi 1.2.0, KafkaCluster.java, generateExternalBootstrapServices and generatePerPodServices).
Call: include "kafka.published" (dict "root" $ "listener" $listener) | fromYaml
*/ -}}
{{- define "kafka.published" -}}
{{- $configuration := .listener.configuration | default dict -}}
{{- $bootstrap := eq (toString $configuration.createBootstrapService) "false" | ternary 0 1 -}}
{{- $services := include "kafka.brokerCount" .root | int | add $bootstrap -}}
{{- if eq .listener.type "loadbalancer" -}}
loadBalancers: {{ $services }}
nodePorts: {{ eq (toString $configuration.allocateLoadBalancerNodePorts) "false" | ternary 0 $services }}
{{- else if eq .listener.type "nodeport" -}}
loadBalancers: 0
nodePorts: {{ $services }}
{{- end -}}
{{- end -}}

{{- /*
kafka.bootstrap: address for the chart's own clients. Call: include "kafka.bootstrap" $
*/ -}}
{{- define "kafka.bootstrap" -}}
{{ include "kafka.name" (dict "root" .) }}-kafka-bootstrap.{{ .Release.Namespace }}.svc:{{ include "kafka.ownListener" . }}
{{- end -}}

{{- /*
kafka.tlsClient: how a client of the chart proves who it is, and whom it trusts. Call: include "kafka.tlsClient" (dict "root" $ "part" "connect")
*/ -}}
{{- define "kafka.tlsClient" -}}
{{- $user := include "kafka.ownUser" . -}}
tls:
  trustedCertificates:
    - secretName: {{ include "kafka.name" (dict "root" .root) }}-cluster-ca-cert
      pattern: '*.crt'
authentication:
  type: tls
  certificateAndKey:
    secretName: {{ $user | quote }}
    certificate: user.crt
    key: user.key
{{- end -}}
