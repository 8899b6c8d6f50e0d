{{- /*
redis.memberPorts: ports on which members ask one another. The bus of a cluster is its port plus 10000.
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
redis.rolePorts: those of them on which pods of a role listen. Call: include "redis.rolePorts" (dict "root" $ "role" "server")
*/ -}}
{{- define "redis.rolePorts" -}}
{{- $ports := list -}}
{{- range include "redis.memberPorts" .root | fromYamlArray -}}
{{- if ne (int .port) (int (include "redis.otherPort" $.role)) -}}
{{- $ports = append $ports . -}}
{{- end -}}
{{- end -}}
{{- toYaml $ports -}}
{{- end -}}

{{- /*
redis.otherPort: the port of the other role: servers and Sentinels share the labels that the graph knows them by, and a flow
to one must not open the other. Call: include "redis.otherPort" "server"
*/ -}}
{{- define "redis.otherPort" -}}
{{- eq . "server" | ternary 26379 6379 -}}
{{- end -}}

{{- /*
redis.roleFlows: the flows that come in to a role, each with the ports that are not the other role's alone.
Call: include "redis.roleFlows" (dict "root" $ "role" "server") | fromYamlArray
*/ -}}
{{- define "redis.roleFlows" -}}
{{- $other := include "redis.otherPort" .role -}}
{{- $flows := list -}}
{{- range $flow := .root.Values.network.ingress -}}
{{- $ports := list -}}
{{- range $flow.ports -}}
{{- if ne (toString .port) $other -}}
{{- $ports = append $ports . -}}
{{- end -}}
{{- end -}}
{{- if $ports -}}
{{- $flows = append $flows (dict "flow" $flow.flow "peers" $flow.peers "ports" $ports) -}}
{{- end -}}
{{- end -}}
{{- toYaml $flows -}}
{{- end -}}

{{- /*
redis.flowNames: an annotation with the names of flows, in the order of their rules.
Call: include "redis.flowNames" (dict "direction" "ingress" "flows" $flows)
*/ -}}
{{- define "redis.flowNames" -}}
{{- $names := list -}}
{{- range .flows -}}
{{- $names = append $names .flow -}}
{{- end -}}
{{- with $names -}}
opencore.dev/{{ $.direction }}-flows: {{ join "," . | quote }}
{{- end -}}
{{- end -}}

{{- /*
redis.memberEgress: what pods of both roles ask: DNS and one another. Call: include "redis.memberEgress" $
*/ -}}
{{- define "redis.memberEgress" -}}
{{- include "common.dnsEgress" (dict "dns" .Values.network.dns) }}
- to:
    - podSelector:
        matchLabels: {{- include "redis.selectorLabels" . | nindent 10 }}
  ports: {{- include "redis.memberPorts" . | nindent 4 }}
{{- end -}}

{{- /*
redis.memberIngress: who comes in to a role: members, the operator, the backup and flows. Call: include "redis.memberIngress" (dict "root" $ "role" "server")
*/ -}}
{{- define "redis.memberIngress" -}}
{{- $ports := include "redis.rolePorts" . -}}
- from:
    - podSelector:
        matchLabels: {{- include "redis.selectorLabels" .root | nindent 10 }}
  ports: {{- $ports | nindent 4 }}
- from: {{- toYaml .root.Values.network.operator.peers | nindent 4 }}
  ports: {{- $ports | nindent 4 }}
{{- if and .root.Values.backup.enabled (eq .role "server") }}
- from:
    - podSelector:
        matchLabels: {{- include "redis.backupLabels" .root | nindent 10 }}
  ports:
    - { port: 6379, protocol: TCP }
{{- end }}
{{- range include "redis.roleFlows" . | fromYamlArray }}
- from: {{- toYaml .peers | nindent 4 }}
  ports: {{- toYaml .ports | nindent 4 }}
{{- end }}
{{- end -}}
