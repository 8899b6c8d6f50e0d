{{- /* Fields that pass through to the operator, which would refuse them only after the merge. */ -}}
{{- define "postgres.validate.cluster" -}}
{{- with .Values.cluster.primaryLease -}}
{{- $duration := .leaseDurationSeconds | default 15 | int -}}
{{- $deadline := .renewDeadlineSeconds | default 10 | int -}}
{{- $retry := .retryPeriodSeconds | default 2 | int -}}
{{- if or (le $duration $deadline) (le (mul 5 $deadline) (mul 6 $retry)) }}
cluster.primaryLease would have {{ $duration }} s, renewed within {{ $deadline }} s, tried every {{ $retry }} s; want the lease above the deadline, and the deadline above 1.2 times the retry; correct it
{{- end -}}
{{- end -}}
{{- with index .Values.cluster.annotations "cnpg.io/hibernation" -}}
{{- if not (has . (list "on" "off")) }}
cluster.annotations["cnpg.io/hibernation"] is {{ quote . }}; want "on" or "off"; correct it
{{- end -}}
{{- end -}}
{{- range $index, $variable := .Values.cluster.env -}}
{{- if regexMatch "^(?i)(PG.*|CNPG_.*|CLUSTER_NAME|NAMESPACE|POD_NAME)$" $variable.name }}
cluster.env[{{ $index }}].name is {{ quote $variable.name }}, which the operator sets; want another; remove it
{{- end -}}
{{- end -}}
{{- range $volume := list "storage" "walStorage" -}}
{{- range $field := list "resources" "storageClassName" -}}
{{- if hasKey (dig "pvcTemplate" dict (get $.Values $volume)) $field }}
{{ $volume }}.pvcTemplate.{{ $field }} is set, and {{ $volume }}.{{ eq $field "resources" | ternary "size" "storageClass" }} says it already; want it in one place; remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Services have names of their own, and the operator chooses their pods. */ -}}
{{- define "postgres.validate.services" -}}
{{- $taken := list -}}
{{- range $cluster := include "postgres.clusterNames" . | fromJsonArray -}}
{{- range $suffix := list "rw" "ro" "r" "any" }}{{ $taken = printf "%s-%s" $cluster $suffix | append $taken }}{{ end -}}
{{- $taken = include "postgres.poolerNames" (dict "root" $ "cluster" $cluster) | fromJsonArray | concat $taken -}}
{{- end -}}
{{- range $index, $service := .Values.services.additional -}}
{{- $at := printf "services.additional[%d].serviceTemplate" $index -}}
{{- $name := dig "metadata" "name" "" $service.serviceTemplate -}}
{{- if not $name }}
{{ $at }}.metadata.name is not set; want a name for the Service; set it
{{- else if has $name $taken }}
{{ $at }}.metadata.name is {{ quote $name }}, which is taken; want another; rename it
{{- end -}}
{{- $taken = append $taken $name -}}
{{- if dig "spec" "selector" dict $service.serviceTemplate }}
{{ $at }}.spec.selector is set, which the operator sets by selectorType; want it left out; remove it
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What initdb of that version takes. */ -}}
{{- define "postgres.validate.initdb" -}}
{{- with .Values.bootstrap.initdb -}}
{{- if and (eq $.Values.bootstrap.method "initdb") (eq (.localeProvider | default "") "builtin") (include "postgres.major" $) (lt (include "postgres.major" $ | int) 17) }}
bootstrap.initdb.localeProvider is "builtin" and image.tag is {{ $.Values.image.tag }}; want PostgreSQL 17 or newer for it; set bootstrap.initdb.localeProvider to "libc" with locale (such as C.UTF-8), or to "icu" with icuLocale, and bootstrap.initdb.builtinLocale to ''
{{- end -}}
{{- with .walSegmentSize -}}
{{- if not (has (int .) (list 1 2 4 8 16 32 64 128 256 512 1024)) }}
bootstrap.initdb.walSegmentSize is {{ int . }}; want a power of 2 from 1 to 1024, in megabytes; correct it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What a container may do less of is the operator's choice already, and production takes no more. */ -}}
{{- define "postgres.validate.security" -}}
{{- if include "postgres.isProduction" . -}}
{{- $container := .Values.cluster.securityContext | default dict -}}
{{- $pod := .Values.cluster.podSecurityContext | default dict -}}
{{- $weak := list -}}
{{- range $field, $strong := dict "allowPrivilegeEscalation" "false" "privileged" "false" "readOnlyRootFilesystem" "true" "runAsNonRoot" "true" -}}
{{- if and (hasKey $container $field) (ne (get $container $field | toString) $strong) }}{{ $weak = printf "cluster.securityContext.%s" $field | append $weak }}{{ end -}}
{{- end -}}
{{- if dig "capabilities" "add" "" $container }}{{ $weak = append $weak "cluster.securityContext.capabilities.add" }}{{ end -}}
{{- if eq (get $pod "runAsNonRoot" | toString) "false" }}{{ $weak = append $weak "cluster.podSecurityContext.runAsNonRoot" }}{{ end -}}
{{- with $weak }}
{{ join " and " . }} {{ len . | eq 1 | ternary "is" "are" }} weaker than what the operator gives; production refuses that; remove {{ len . | eq 1 | ternary "it" "them" }}, or set tier
{{- end -}}
{{- with .Values.cluster.ephemeralVolumeSource -}}
{{- if not (dig "volumeClaimTemplate" "spec" "storageClassName" "" .) }}
cluster.ephemeralVolumeSource.volumeClaimTemplate.spec.storageClassName is not set; production wants the class by name, one that encrypts; set it, or set tier
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
