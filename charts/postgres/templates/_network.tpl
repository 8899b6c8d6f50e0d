{{- /*
postgres.instanceSelector: selects the instances of all clusters of the release; their jobs and poolers carry the
cluster's label too. Call: include "postgres.instanceSelector" $
*/ -}}
{{- define "postgres.instanceSelector" -}}
matchLabels:
  cnpg.io/podRole: instance
{{ include "postgres.ofClusters" . }}
{{- end -}}

{{- /*
postgres.jobSelector: selects the operator's jobs, which make, join and restore instances. Call: include "postgres.jobSelector" $
*/ -}}
{{- define "postgres.jobSelector" -}}
matchExpressions:
  - { key: cnpg.io/jobRole, operator: Exists }
  {{- (include "postgres.ofClusters" . | fromYaml).matchExpressions | toYaml | nindent 2 }}
{{- end -}}

{{- /*
postgres.poolerSelector: selects the poolers of all clusters of the release. Call: include "postgres.poolerSelector" $
*/ -}}
{{- define "postgres.poolerSelector" -}}
matchExpressions:
  - { key: cnpg.io/poolerName, operator: Exists }
  {{- (include "postgres.ofClusters" . | fromYaml).matchExpressions | toYaml | nindent 2 }}
{{- end -}}

{{- define "postgres.ofClusters" -}}
matchExpressions:
  - key: cnpg.io/cluster
    operator: In
    values: {{- include "postgres.clusterNames" . | fromJsonArray | toYaml | nindent 6 }}
{{- end -}}

{{- /*
postgres.flowNames: names of flows in the order of their rules, as one text. Call: include "postgres.flowNames" $flows
*/ -}}
{{- define "postgres.flowNames" -}}
{{- $names := list -}}
{{- range . -}}
{{- $names = append $names .flow -}}
{{- end -}}
{{- join "," $names -}}
{{- end -}}

{{- /*
postgres.flowAnnotations: the names of a policy's flows, by direction; nothing without flows.
Call: include "postgres.flowAnnotations" (dict "ingress" $flows "egress" $flows)
*/ -}}
{{- define "postgres.flowAnnotations" -}}
{{- if or .ingress .egress }}
annotations:
  {{- range $direction := list "ingress" "egress" }}
  {{- with get $ $direction }}
  opencore.dev/{{ $direction }}-flows: {{ include "postgres.flowNames" . | quote }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end -}}

{{- /*
postgres.toInstances: the egress rules that whatever belongs to the clusters has: names, instances (SQL and the
operator's status port), and the flows given. Call: include "postgres.toInstances" (dict "root" $ "flows" $flows)
*/ -}}
{{- define "postgres.toInstances" -}}
{{- include "common.dnsEgress" (dict "dns" .root.Values.network.dns) }}
- to:
    - podSelector: {{- include "postgres.instanceSelector" .root | nindent 8 }}
  ports:
    - { port: 5432, protocol: TCP }
    - { port: 8000, protocol: TCP }
{{- range .flows }}
- to: {{- toYaml .peers | nindent 4 }}
  ports: {{- toYaml .ports | nindent 4 }}
{{- end }}
{{- end -}}
