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
