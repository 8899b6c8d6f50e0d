{{- /*
A password that a vault rotates is another at once, and pods know it later: until then nothing new connects, and what is open goes
on. So a connection lives longer than that takes, and the next rotation comes when all connections have the new password.
*/ -}}
{{- define "service.validate.rotation" -}}
{{- with .Values.rotation -}}
{{- if and .secret (not (hasKey $.Values.externalSecrets .secret)) }}
rotation.secret is {{ quote .secret }}, which externalSecrets has not; want the Secret with the password; add it there, or correct the name
{{- else if and .secret (not .period) }}
rotation.secret is {{ quote .secret }} and rotation.period is unset; want the time between two rotations, as the vault has it; set rotation.period
{{- else if .secret -}}
{{- $refresh := (get $.Values.externalSecrets .secret).refreshInterval | default "1h" -}}
{{- $known := add (include "common.milliseconds" $refresh | int64) (include "common.milliseconds" "2m" | int64) -}}
{{- $lifetime := include "common.milliseconds" .maxLifetime | int64 -}}
{{- $at := printf "externalSecrets.%s.refreshInterval" .secret -}}
{{- if ge $known $lifetime }}
{{ $at }} is {{ $refresh }} and rotation.maxLifetime is {{ .maxLifetime }}: the kubelet takes 2m more, and until then nothing new connects while every connection ends; want refreshInterval + 2m < maxLifetime; lower {{ $at }}, or raise rotation.maxLifetime
{{- end -}}
{{- if ge (add $known $lifetime) (include "common.milliseconds" .period | int64) }}
rotation.period is {{ .period }}, {{ $at }} {{ $refresh }} and rotation.maxLifetime {{ .maxLifetime }}: the kubelet takes 2m more, and connections by the last password but one would still be open; want refreshInterval + 2m + maxLifetime < period; lower one of the two, or raise configuration.rotationPeriod of the vault
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
