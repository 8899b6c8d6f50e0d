{{- /*
pki.daysLeft: days until certificates end. A scrape of cert-manager that does not honour labels calls a certificate's
namespace the exported one.
Call: include "pki.daysLeft" (dict "selector" `issuer_name="internal"` "namespace" "cert-manager")
*/ -}}
{{- define "pki.daysLeft" -}}
{{- $series := "certmanager_certificate_expiration_timestamp_seconds{%s=%q,%s}" -}}
((
{{- printf $series "namespace" .namespace .selector }} or {{ printf $series "exported_namespace" .namespace .selector -}}
) - time()) / 86400
{{- end -}}

{{- /*
pki.alerts: what ends and was not followed. cert-manager renews with a third of the time left: 121 days of an
intermediate's year, 30 of the 90 days that others last at most.
Call: include "pki.alerts" $
*/ -}}
{{- define "pki.alerts" -}}
{{- $here := .Release.Namespace -}}
{{- if include "pki.generated" . | fromJsonArray -}}
{{- $roots := dict "namespace" $here "selector" (printf "issuer_name=%q" (include "pki.selfSigned" .)) -}}
{{ include "common.alert" (dict "root" . "name" "RootEnds" "for" "1h" "severity" "warning"
  "expr" (printf "%s < 400" (include "pki.daysLeft" $roots))
  "summary" "The root <name> ends in <value> days, and is not renewed by itself") }}
{{- $intermediates := dict "namespace" $here "selector" (printf "issuer_name=~%q" (printf "%s-.+-root" .Values.issuer)) }}
{{ include "common.alert" (dict "root" . "name" "IntermediateNotRenewed" "for" "1h" "severity" "critical"
  "expr" (printf "%s < 100" (include "pki.daysLeft" $intermediates))
  "summary" "The intermediate <name> ends in <value> days, and was to be renewed three weeks ago") }}
{{- end }}
{{ include "common.alert" (dict "root" . "name" "CertificateNotRenewed" "for" "1h" "severity" "critical"
  "expr" (printf "(certmanager_certificate_expiration_timestamp_seconds{issuer_name=%q,issuer_kind=\"ClusterIssuer\"} - time()) / 86400 < 14" .Values.issuer)
  "summary" "The certificate <name> ends in <value> days, and was to be renewed two weeks ago") }}
{{- end -}}
