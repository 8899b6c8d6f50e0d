{{- /*
observability.dashboardRows: what somebody of the platform reads first, of the whole environment: what fires, what was applied and
what runs, which service spends its budget, and what ends soon. Call: include "observability.dashboardRows" $ | fromYamlArray
*/ -}}
{{- define "observability.dashboardRows" -}}
{{- $jobs := include "common.scrapes" . | fromYaml -}}
{{- $applications := include "observability.applications" . -}}
{{- $nodes := printf "kube_node_status_condition{job=%q,condition=\"Ready\",status=\"true\"}" $jobs.kubeStateMetrics -}}
{{- /* None is shown where there are some to be counted: what nobody scrapes is no quiet day. */ -}}
{{- $byNamespace := "{{namespace}}, " -}}
- title: Now
  panels:
    - title: Critical alerts that fire
      type: stat
      unit: none
      description: Of all teams.
      steps: [green, 1, red]
      queries: [{ legend: alerts, expr: 'count(ALERTS{alertstate="firing",severity="critical"}) or vector(0)' }]
    - title: Nodes that are not ready
      type: stat
      unit: none
      description: Their pods are lost, or soon made elsewhere.
      steps: [green, 1, red]
      queries: [{ legend: nodes, expr: {{ printf "count(%[1]s == 0) or 0 * count(%[1]s)" $nodes | squote }} }]
    - title: Applications out of sync
      type: stat
      unit: none
      description: What runs is not what the ref says.
      steps: [green, 1, orange]
      queries: [{ legend: applications, expr: {{ printf "count(%[1]s,sync_status!=\"Synced\"}) or 0 * count(%[1]s})" $applications | squote }} }]
    - title: Applications that are unhealthy
      type: stat
      unit: none
      description: Something that they made does not work.
      steps: [green, 1, red]
      queries: [{ legend: applications, expr: {{ printf "count(%[1]s,health_status=~\"Degraded|Missing|Unknown\"}) or 0 * count(%[1]s})" $applications | squote }} }]
    - title: Applications that are frozen
      type: stat
      unit: none
      description: Somebody stopped their syncs.
      steps: [green, 1, orange]
      queries: [{ legend: applications, expr: {{ printf "count(%[1]s,autosync_enabled=\"false\"}) or 0 * count(%[1]s})" $applications | squote }} }]
    - { title: Pods of Prometheus, type: stat, unit: none, alerts: [PrometheusPeerLost], legend: pods, description: Those that answer. }
- title: What fires
  panels:
    - title: Alerts by team
      type: timeseries
      unit: none
      description: The watchdog is always among those of the platform.
      queries: [{ legend: {{ "{{team}}, {{severity}}" | quote }}, expr: 'count by (team, severity) (ALERTS{alertstate="firing"})' }]
    - title: Bad requests of services, in an hour
      type: timeseries
      unit: percentunit
      description: 'The ten objectives that spend their budget of errors fastest; the dashboard of the service says how much it has.'
      queries: [{ legend: {{ printf "%s{{job}}, {{slo}}" $byNamespace | quote }}, expr: 'topk(10, max by (namespace, job, slo) (slo:error_ratio:rate1h))' }]
- title: What ends
  panels:
    - { title: Quota that is used, type: timeseries, unit: percent, alerts: [QuotaNearlyUsed], legend: {{ printf "%s{{resource}}" $byNamespace | quote }}, description: 'Beyond all of it, no pod is made.' }
    - { title: Volumes that are free, type: timeseries, unit: percent, alerts: [VolumeFilling], legend: {{ printf "%s{{persistentvolumeclaim}}" $byNamespace | quote }}, description: Whoever's they are. }
    - { title: Time until certificates end, type: timeseries, unit: s, alerts: [CertificateEnds], legend: {{ "{{exported_namespace}} {{name}}" | quote }}, description: Each is renewed long before. }
{{- end -}}
