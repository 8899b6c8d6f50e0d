{{- /*
vault.alerts: what somebody has to do something about. Metrics have the names of OpenBao 2.7, which keeps a gauge of labels that
are over, such as `vault_core_unsealed{cluster=""} 0` of the time before it knew its name, until its retention is over.
Call: include "vault.alerts" $
*/ -}}
{{- define "vault.alerts" -}}
{{- $series := printf "namespace=%q,job=%q" .Release.Namespace (include "vault.name" (dict "root" .)) -}}
{{ include "common.alert" (dict "root" . "name" "VaultSealed" "for" "2m" "severity" "critical"
  "expr" (printf "max by (namespace, pod) (vault_core_unsealed{%s}) == 0" $series)
  "summary" "<pod> is sealed and serves nothing") }}
{{ include "common.alert" (dict "root" . "name" "VaultServersMissing" "for" "10m" "severity" "warning"
  "expr" (printf "(count(max by (namespace, pod) (vault_core_unsealed{%s}) == 1) or vector(0)) < %d" $series (int .Values.replicas))
  "summary" (printf "<value> of %d servers are there and unsealed" (int .Values.replicas))) }}
{{ include "common.alert" (dict "root" . "name" "VaultWithoutLeader" "for" "2m" "severity" "critical"
  "expr" (printf "(max(vault_core_active{%s}) or vector(0)) == 0" $series)
  "summary" "No server leads: nothing can be read or written") }}
{{ include "common.alert" (dict "root" . "name" "VaultAuditFails" "for" "0m" "severity" "critical"
  "expr" (printf "increase(vault_audit_log_request_failure{%s}[10m]) + increase(vault_audit_log_response_failure{%s}[10m]) > 0" $series $series)
  "summary" "<pod> could not write <value> lines of its audit log in 10 minutes, and refuses such requests") }}
{{ include "common.alert" (dict "root" . "name" "VaultRevocationFails" "for" "5m" "severity" "critical"
  "expr" (printf "vault_expire_num_irrevocable_leases{%s} > 0" $series)
  "summary" "<value> credentials should be gone and could not be revoked") }}
{{- if .Values.configuration.databases }}
{{ include "common.alert" (dict "root" . "name" "VaultRotationFails" "for" "15m" "severity" "warning"
  "expr" (printf "increase(vault_database_UpdateUser_error{%s}[10m]) > 0" $series)
  "summary" "A password of a database user is due and cannot be set: <value> tries in 10 minutes failed") }}
{{- end }}
{{- if gt (int .Values.replicas) 1 }}
{{ include "common.alert" (dict "root" . "name" "VaultRaftUnhealthy" "for" "10m" "severity" "warning"
  "expr" (printf "min(vault_autopilot_healthy{%s}) == 0" $series)
  "summary" "A server has not what the leader has") }}
{{- end }}
{{- /* A scrape of cert-manager that does not honour labels calls the certificate's namespace the exported one. */ -}}
{{- $end := printf "certmanager_certificate_expiration_timestamp_seconds{%%s=%q,name=%q}" .Release.Namespace (include "vault.tlsSecretName" .) }}
{{ include "common.alert" (dict "root" . "name" "VaultCertificateExpires" "for" "1h" "severity" "critical"
  "expr" (printf "(%s or %s) - time() < 7 * 86400" (printf $end "namespace") (printf $end "exported_namespace"))
  "summary" "The certificate <name> ends in less than a week, and was not renewed") }}
{{- end -}}
