{{- /*
A password that a vault rotates is another at once, and pods know it later: until then nothing new connects, and what is open goes
on. So a connection lives longer than that takes, and the next rotation comes when all connections have the new password.

External Secrets (2.9) waits for up to seven minutes after a failure, of the Secret and of its store; the kubelet takes two. Pods
that `restartOn` replaces have the old password until their turn, for as long as a rollout may stand still.
*/ -}}
{{- define "service.validate.rotation" -}}
{{- with .Values.rotation -}}
{{- if and .secret (not (hasKey $.Values.externalSecrets .secret)) }}
rotation.secret is {{ quote .secret }}, which externalSecrets has not; want the Secret with the password; add it there, or correct the name
{{- else if and .secret (not .period) }}
rotation.secret is {{ quote .secret }} and rotation.period is unset; want the time between two rotations, as the vault has it; set rotation.period
{{- else if .secret -}}
{{- $refresh := (get $.Values.externalSecrets .secret).refreshInterval | default "1h" -}}
{{- $restarts := has (include "common.fullname" (dict "root" $ "suffix" .secret)) $.Values.restartOn -}}
{{- $rollout := $restarts | ternary (include "service.progressDeadline" $ | int64) 0 -}}
{{- $seconds := add (div (max (include "common.milliseconds" $refresh | int64) (include "common.milliseconds" "14m" | int64)) 1000) 120 $rollout -}}
{{- $lifetime := include "common.milliseconds" .maxLifetime | int64 -}}
{{- $at := printf "externalSecrets.%s.refreshInterval" .secret -}}
{{- $why := printf "pods may know a new password after %ds (the longer of refreshInterval and 14m that External Secrets waits after failures, 2m of the kubelet%s)" $seconds ($restarts | ternary (printf ", %ds of a rollout" $rollout) "") -}}
{{- if ge (mul $seconds 1000) $lifetime }}
{{ $at }} is {{ $refresh }} and rotation.maxLifetime is {{ .maxLifetime }}: {{ $why }}, and until then nothing new connects while every connection ends; want maxLifetime above that; raise rotation.maxLifetime
{{- end -}}
{{- if ge (add (mul $seconds 1000) $lifetime) (include "common.milliseconds" .period | int64) }}
rotation.period is {{ .period }}, {{ $at }} {{ $refresh }} and rotation.maxLifetime {{ .maxLifetime }}: {{ $why }}, and connections by the last password but one would still be open; want that + maxLifetime < period; raise configuration.rotationPeriod of the vault
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
