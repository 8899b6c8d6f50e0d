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
kafka.listenerFor: port of the listener that a client of the chart's own uses: inside the cluster, with TLS, and taking
its authentication; nothing where there is none. Call: include "kafka.listenerFor" (dict "root" $ "authentication" "tls")
*/ -}}
{{- define "kafka.listenerFor" -}}
{{- $ports := list -}}
{{- range $listener := include "kafka.listeners" .root | fromYaml -}}
{{- if and $listener.tls (eq $listener.type "internal") (eq $listener.authentication $.authentication) -}}
{{- $ports = append $ports (int $listener.port) -}}
{{- end -}}
{{- end -}}
{{- with $ports | sortAlpha | first -}}
{{ . }}
{{- end -}}
{{- end -}}

{{- /*
kafka.ownListener: the same for clients with certificates, as most of the chart's own are. Call: include "kafka.ownListener" $
*/ -}}
{{- define "kafka.ownListener" -}}
{{- include "kafka.listenerFor" (dict "root" . "authentication" "tls") -}}
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
kafka.bootstrapFor: address for a client of the chart's own. Call: include "kafka.bootstrapFor" (dict "root" $ "authentication" "tls")
*/ -}}
{{- define "kafka.bootstrapFor" -}}
{{ include "kafka.name" (dict "root" .root) }}-kafka-bootstrap.{{ .root.Release.Namespace }}.svc:{{ include "kafka.listenerFor" . }}
{{- end -}}

{{- /*
kafka.bootstrap: the same for clients with certificates. Call: include "kafka.bootstrap" $
*/ -}}
{{- define "kafka.bootstrap" -}}
{{- include "kafka.bootstrapFor" (dict "root" . "authentication" "tls") -}}
{{- end -}}

{{- /*
kafka.client: how a client of the chart proves who it is, and whom it trusts.
Call: include "kafka.client" (dict "root" $ "part" "connect" "authentication" "tls")
*/ -}}
{{- define "kafka.client" -}}
{{- $user := include "kafka.ownUser" . -}}
tls:
  trustedCertificates:
    - secretName: {{ include "kafka.name" (dict "root" .root) }}-cluster-ca-cert
      pattern: '*.crt'
authentication:
  type: {{ .authentication }}
  {{- if eq .authentication "tls" }}
  certificateAndKey:
    secretName: {{ $user | quote }}
    certificate: user.crt
    key: user.key
  {{- else }}
  username: {{ $user | quote }}
  passwordSecret:
    secretName: {{ $user | quote }}
    password: password
  {{- end }}
{{- end -}}
