{{- /*
observability.applications: the Applications of this environment, as the hub's Argo CD tells of them; a comma and more labels
follow. Call: include "observability.applications" $
*/ -}}
{{- define "observability.applications" -}}
{{- $job := get (include "common.scrapes" . | fromYaml) "argocd" -}}
{{- printf "argocd_app_info{job=%q,name=~%q" $job (printf "%s-.*" .Values.environment) -}}
{{- end -}}

{{- /*
observability.alerts.platform: what nobody's own chart watches: Applications of this environment, as the hub's Argo CD says,
quotas, and certificates and volumes of whatever there is. Services that want an address from outside are not counted: their
quota is what the model has of them, so that all of it is used. Each believes one scrape of the platform's (common.scrapes). Call: include "observability.alerts.platform" $
*/ -}}
{{- define "observability.alerts.platform" -}}
{{- $jobs := include "common.scrapes" . | fromYaml -}}
{{- $applications := include "observability.applications" . -}}
{{- $quota := printf "max by (namespace, resource) (kube_resourcequota{job=%q,type=%%q,resource!~\"services[.].*\"})" $jobs.kubeStateMetrics -}}
{{ include "common.alert" (dict "root" . "name" "ApplicationOutOfSync" "for" "30m" "severity" "warning"
  "expr" (printf "count by (name, project) (%s,sync_status!=\"Synced\"}) > 0" $applications)
  "summary" "<name> is not what its ref says, and does not become it") }}
{{ include "common.alert" (dict "root" . "name" "ApplicationUnhealthy" "for" "15m" "severity" "warning"
  "expr" (printf "count by (name, project) (%s,health_status=~\"Degraded|Missing|Unknown\"}) > 0" $applications)
  "summary" "Something that <name> made does not work") }}
{{ include "common.alert" (dict "root" . "name" "ApplicationFrozen" "for" "1d" "severity" "warning"
  "expr" (printf "count by (name, project) (%s,autosync_enabled=\"false\"}) > 0" $applications)
  "summary" "Nothing new reaches <name>: somebody stopped its syncs a day ago") }}
{{ include "common.alert" (dict "root" . "name" "QuotaNearlyUsed" "for" "15m" "severity" "warning"
  "expr" (printf "100 * %s / (%s > 0) > 90" (printf $quota "used") (printf $quota "hard"))
  "summary" "<value> % of <resource> in <namespace> are used; beyond all of it, no pod is made") }}
{{ include "common.alert" (dict "root" . "name" "CertificateEnds" "for" "1h" "severity" "critical"
  "expr" (printf "min by (namespace, exported_namespace, name) (certmanager_certificate_expiration_timestamp_seconds{job=%q}) - time() < 5 * 86400" $jobs.certManager)
  "summary" "The certificate <name> ends in less than five days, and was not renewed") }}
{{ include "common.alert" (dict "root" . "name" "VolumeFilling" "for" "15m" "severity" "warning"
  "expr" (printf "100 * min by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{job=%q} / kubelet_volume_stats_capacity_bytes{job=%q}) < 10" $jobs.kubelet $jobs.kubelet)
  "summary" "<value> % of <persistentvolumeclaim> are left") }}
{{- end -}}
