{{- /*
vault.flowNames: an annotation with the names of flows, in the order of their rules.
Call: include "vault.flowNames" (dict "direction" "ingress" "flows" .Values.network.ingress)
*/ -}}
{{- define "vault.flowNames" -}}
{{- $names := list -}}
{{- range .flows -}}
{{- $names = append $names .flow -}}
{{- end -}}
{{- with $names -}}
opencore.dev/{{ $.direction }}-flows: {{ join "," . | quote }}
{{- end -}}
{{- end -}}

{{- /*
vault.serverPorts: where servers listen for one another. Call: include "vault.serverPorts" $
*/ -}}
{{- define "vault.serverPorts" -}}
- { port: 8200, protocol: TCP }
- { port: 8201, protocol: TCP }
{{- end -}}
