{{- /* Every rule asks for TLS and for a proof of who it is. A mask may stand between address and method. */ -}}
{{- define "postgres.validate.accessRules" -}}
{{- $all := dict "access.rules" .Values.access.rules -}}
{{- range $name, $pooler := .Values.poolers }}{{ $_ := set $all (printf "poolers.%s.rules" $name) ($pooler.rules | default list) }}{{ end -}}
{{- range $key, $rules := $all -}}
{{- range $index, $rule := $rules -}}
{{- $fields := regexSplit "\\s+" (trim $rule) -1 -}}
{{- $method := regexMatch "^[0-9.:a-f]*[.:][0-9.:a-f]*$" (index (concat $fields (list "" "" "" "" "")) 4) | ternary 5 4 | index (concat $fields (list "" "" "" "" "" "")) -}}
{{- if ne (first $fields) "hostssl" }}
{{ $key }}[{{ $index }}] is {{ quote $rule }}, which does not ask for TLS; want it to begin with hostssl; change the rule
{{- else if has $method (list "trust" "password" "md5" "ident") }}
{{ $key }}[{{ $index }}] is {{ quote $rule }}; {{ $method }} is no proof of who connects; want scram-sha-256, cert, ldap, radius, gss, oauth or reject; change the rule
{{- else if not (has $method (list "scram-sha-256" "cert" "ldap" "radius" "gss" "oauth" "reject")) }}
{{ $key }}[{{ $index }}] is {{ quote $rule }}; want: hostssl DATABASE USER ADDRESS METHOD, with scram-sha-256, cert, ldap, radius, gss, oauth or reject; change the rule
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Passwords go to the directory in clear but for TLS. */ -}}
{{- define "postgres.validate.ldap" -}}
{{- with .Values.access.ldap -}}
{{- if not (or .tls (eq (.scheme | default "") "ldaps")) }}
access.ldap sends passwords in clear; want TLS; set access.ldap.scheme to ldaps, or access.ldap.tls to true
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "postgres.validate.superuser" -}}
{{- if and .Values.access.superuser (include "postgres.isProduction" .) }}
access.superuser is true; production lets no superuser in over the network; remove it and use `kubectl cnpg psql`, or set tier
{{- end -}}
{{- end -}}

{{- /* Roles that the API server would refuse, and in production roles for which no rule holds. */ -}}
{{- define "postgres.validate.roles" -}}
{{- range $name, $role := .Values.roles -}}
{{- if or (has $name (list "postgres" "streaming_replica")) (regexMatch "^(pg|cnpg)_" $name) }}
roles.{{ $name }} has a name that is PostgreSQL's or the operator's; want another; rename it
{{- end -}}
{{- if and $role.passwordSecret $role.disablePassword }}
roles.{{ $name }} has passwordSecret and disablePassword; want one of them; remove the other
{{- end -}}
{{- if and (dig "clientCertificate" "enabled" false $role) (not $role.login) }}
roles.{{ $name }}.clientCertificate is for a role that cannot log in; want login; set roles.{{ $name }}.login to true, or remove the certificate
{{- end -}}
{{- if include "postgres.isProduction" $ -}}
{{- range $right := list "superuser" "bypassrls" -}}
{{- if get $role $right }}
roles.{{ $name }}.{{ $right }} is true, so no rule holds for it; production refuses that; grant what it needs instead, or set tier
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
