{{- /*
redis.memberPorts: ports on which members talk to one another. The bus of a cluster is its port plus 10000.
Call: include "redis.memberPorts" $
*/ -}}
{{- define "redis.memberPorts" -}}
- { port: 6379, protocol: TCP }
{{- if eq .Values.mode "cluster" }}
- { port: 16379, protocol: TCP }
{{- else if eq .Values.mode "sentinel" }}
- { port: 26379, protocol: TCP }
{{- end }}
{{- end -}}

{{- /*
redis.flowAnnotations: names of the flows of the graph, in the order of their rules. Call: include "redis.flowAnnotations" $
*/ -}}
{{- define "redis.flowAnnotations" -}}
{{- range $direction := list "ingress" "egress" }}
{{- $names := list }}
{{- range get $.Values.network $direction }}
{{- $names = append $names .flow }}
{{- end }}
{{- if and $names (or (eq $direction "ingress") $.Values.restore.from) }}
opencore.dev/{{ $direction }}-flows: {{ join "," $names | quote }}
{{- end }}
{{- end }}
{{- end -}}
