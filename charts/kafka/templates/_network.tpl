{{- /*
kafka.policy: a NetworkPolicy for the pods of one part. Strimzi names its own policies after the parts, hence the suffix.
Call: include "kafka.policy" (dict "root" $ "part" "connect" "ingress" <rules as text> "egress" <rules as text> "flows" (dict "ingress" $flows "egress" $flows))
*/ -}}
{{- define "kafka.policy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "kafka.name" (dict "root" .root "suffix" (printf "%s-flows" .part)) | quote }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels: {{- include "kafka.labels" .root | nindent 4 }}
  {{- $flows := .flows }}
  {{- if or $flows.ingress $flows.egress }}
  annotations:
    {{- range $direction := list "ingress" "egress" }}
    {{- with get $flows $direction }}
    opencore.dev/{{ $direction }}-flows: {{ include "kafka.flowNames" . | quote }}
    {{- end }}
    {{- end }}
  {{- end }}
spec:
  podSelector:
    matchLabels: {{- include "kafka.podsOf" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- $ingress := printf "%s\n%s" (.ingress | trimAll "\n") (include "kafka.flowRules" (dict "flows" $flows.ingress "side" "from")) | trimAll "\n" }}
  {{- with $ingress }}
  ingress: {{- . | nindent 4 }}
  {{- end }}
  egress:
    {{- include "common.dnsEgress" (dict "dns" .root.Values.network.dns) | nindent 4 }}
    {{- with .egress | trimAll "\n" }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- with include "kafka.flowRules" (dict "flows" $flows.egress "side" "to") | trimAll "\n" }}
    {{- . | nindent 4 }}
    {{- end }}
{{- end -}}

{{- /*
kafka.flowRules: one rule for each flow. Call: include "kafka.flowRules" (dict "flows" $flows "side" "from")
*/ -}}
{{- define "kafka.flowRules" -}}
{{- range .flows }}
- {{ $.side }}: {{- toYaml .peers | nindent 4 }}
  ports: {{- toYaml .ports | nindent 4 }}
{{- end }}
{{- end -}}

{{- /*
kafka.flowNames: names of flows in the order of their rules. Call: include "kafka.flowNames" $flows
*/ -}}
{{- define "kafka.flowNames" -}}
{{- $names := list -}}
{{- range . -}}
{{- $names = append $names .flow -}}
{{- end -}}
{{- join "," $names -}}
{{- end -}}

{{- /*
kafka.flowsTo: the flows of `network.ingress` that go to one of these ports, with those ports alone, as JSON.
Call: include "kafka.flowsTo" (dict "root" $ "ports" (list 9404)) | fromJsonArray
*/ -}}
{{- define "kafka.flowsTo" -}}
{{- $wanted := list -}}
{{- range .ports -}}
{{- $wanted = append $wanted (toString .) -}}
{{- end -}}
{{- $flows := list -}}
{{- range $flow := .root.Values.network.ingress -}}
{{- $ports := list -}}
{{- range $flow.ports -}}
{{- if has (toString .port) $wanted -}}
{{- $ports = append $ports . -}}
{{- end -}}
{{- end -}}
{{- if $ports -}}
{{- $flows = append $flows (merge (dict "ports" $ports) $flow) -}}
{{- end -}}
{{- end -}}
{{- toJson $flows -}}
{{- end -}}

{{- /*
kafka.rule: a rule for pods of the cluster's own parts, and of others when given as peers.
Call: include "kafka.rule" (dict "root" $ "side" "from" "parts" (list "kafka") "peers" $peers "ports" (list 9091))
*/ -}}
{{- define "kafka.rule" }}
- {{ .side }}:
    {{- range .parts }}
    - podSelector:
        matchLabels: {{- include "kafka.podsOf" (dict "root" $.root "part" .) | nindent 10 }}
    {{- end }}
    {{- with .peers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  ports:
    {{- range .ports }}
    - { port: {{ int . }}, protocol: TCP }
    {{- end }}
{{- end -}}

{{- /*
kafka.ownPeers: the chart's own clients of a listener, as a list of peers. Call: include "kafka.ownPeers" (dict "root" $ "port" 9093)
*/ -}}
{{- define "kafka.ownPeers" -}}
{{- $parts := list -}}
{{- with .root.Values -}}
{{- $ways := dict "connect" (and .connect.enabled .connect.authentication) "mirrormaker2" (and .mirror.enabled "tls") "registry" (and .registry.enabled "tls") -}}
{{- range $part, $way := $ways -}}
{{- if and $way (eq (include "kafka.listenerFor" (dict "root" $.root "authentication" $way)) (int $.port | toString)) -}}
{{- $parts = append $parts $part -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $parts }}
- podSelector:
    matchLabels: {{- include "kafka.podsOf" (dict "root" $.root "part" .) | nindent 6 }}
{{- end -}}
{{- if and (include "kafka.isTested" .root) (eq (include "kafka.ownListener" .root) (int .port | toString)) }}
- podSelector:
    matchLabels: {{- include "kafka.testLabels" .root | nindent 6 }}
{{- end -}}
{{- end -}}
