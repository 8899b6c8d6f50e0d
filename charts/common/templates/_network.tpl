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
