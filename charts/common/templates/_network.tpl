{{- /*
common.dnsEgress: the egress rule of a NetworkPolicy that lets names be looked up at the named peers, and nothing else.
Call:  include "common.dnsEgress" (dict "dns" .Values.network.dns)
       dns: {peers, port}; peers as in a NetworkPolicy.
*/ -}}
{{- define "common.dnsEgress" -}}
- to: {{- toYaml .dns.peers | nindent 4 }}
  ports:
    - port: {{ int .dns.port }}
      protocol: UDP
    - port: {{ int .dns.port }}
      protocol: TCP
{{- end -}}

{{- /*
common.opensPort: "true" where a flow that comes in goes to one of the ports, by number or name; for NOTES.
Call:  include "common.opensPort" (dict "flows" .Values.network.ingress "ports" (list "9121" "redis-exporter"))
*/ -}}
{{- define "common.opensPort" -}}
{{- $wanted := .ports -}}
{{- $open := list -}}
{{- range .flows }}{{ range .ports }}{{ if has (toString .port) $wanted }}{{ $open = append $open .port }}{{ end }}{{ end }}{{ end -}}
{{- if $open -}}
true
{{- end -}}
{{- end -}}

{{- /*
common.apiServerPolicy: opens the API server to pods where Cilium enforces policies. It knows the API server as an entity, and no
rule with an address matches it (docs.cilium.io, "Access to/from kube-apiserver"). What a NetworkPolicy denies, this opens:
Cilium adds up all policies.
Call: include "common.apiServerPolicy" (dict "root" $ "name" $name "labels" $labels "selector" $selector)
      labels, selector: text of maps; annotations: text as well, none when left out.
*/ -}}
{{- define "common.apiServerPolicy" -}}
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: {{ quote .name }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels: {{- .labels | nindent 4 }}
  {{- with .annotations }}
  annotations: {{- . | nindent 4 }}
  {{- end }}
spec:
  endpointSelector: {{- .selector | nindent 4 }}
  egress:
    - toEntities: [kube-apiserver]
{{- end -}}
