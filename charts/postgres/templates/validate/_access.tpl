{{- /*
Every rule is one line, asks for TLS and for a proof of who it is. A mask may stand between address and method; a name
in quotes may hold blanks, and a list of names too.
*/ -}}
{{- define "postgres.validate.accessRules" -}}
{{- $all := dict "access.rules" .Values.access.rules -}}
{{- range $name, $pooler := .Values.poolers }}{{ $_ := set $all (printf "poolers.%s.rules" $name) ($pooler.rules | default list) }}{{ end -}}
{{- range $key, $rules := $all -}}
{{- range $index, $rule := $rules -}}
{{- $plain := regexReplaceAll ",\\s+" (regexReplaceAll "\"[^\"]*\"" $rule "name") "," -}}
{{- $fields := regexSplit "\\s+" (trim $plain) -1 -}}
{{- $method := regexMatch "^[0-9.:a-f]*[.:][0-9.:a-f]*$" (index (concat $fields (list "" "" "" "" "")) 4) | ternary 5 4 | index (concat $fields (list "" "" "" "" "" "")) -}}
{{- if regexMatch "[\\r\\n]" $rule }}
{{ $key }}[{{ $index }}] has a line break, behind which a second rule could stand; want one rule in each entry; split it
{{- else if ne (first $fields) "hostssl" }}
{{ $key }}[{{ $index }}] is {{ quote $rule }}, which does not ask for TLS; want it to begin with hostssl; change the rule
{{- else if has $method (list "trust" "password" "md5" "ident") }}
{{ $key }}[{{ $index }}] is {{ quote $rule }}; {{ $method }} is no proof of who connects; want scram-sha-256, cert, ldap, radius, gss, oauth or reject; change the rule
{{- else if not (has $method (list "scram-sha-256" "cert" "ldap" "radius" "gss" "oauth" "reject")) }}
{{ $key }}[{{ $index }}] is {{ quote $rule }}; want: hostssl DATABASE USER ADDRESS METHOD, with scram-sha-256, cert, ldap, radius, gss, oauth or reject; change the rule
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Passwords go to the directory in clear but for TLS, and it is asked in one of two ways. */ -}}
{{- define "postgres.validate.ldap" -}}
{{- with .Values.access.ldap -}}
{{- if not .server }}
access.ldap.server is not set; want the directory to ask; set it, or remove access.ldap
{{- end -}}
{{- if and .bindAsAuth .bindSearchAuth }}
access.ldap has bindAsAuth and bindSearchAuth; want one way to ask; remove the other
{{- end -}}
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

{{- /*
Roles that the API server would refuse, and in production roles for which no rule holds. The owner of the first database
has a password that the operator made (the Secret <cluster>-app).
*/ -}}
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
{{- $hasCertificate := dig "clientCertificate" "enabled" false $role -}}
{{- $takesCertificate := join "\n" $.Values.access.rules | regexMatch "(?m)\\scert(\\s|$)" -}}
{{- if and $hasCertificate $role.passwordSecret (not $takesCertificate) }}
roles.{{ $name }} has passwordSecret and clientCertificate, and no rule takes the certificate; want a rule that says from where; add one to access.rules such as "hostssl all {{ $name }} 10.0.0.0/8 cert", or remove one of the two
{{- end -}}
{{- if and $role.login (ne $name (include "postgres.owner" $)) (not (or $role.passwordSecret $hasCertificate $.Values.access.ldap $.Values.access.rules (has $name (include "postgres.rotatedRoles" $ | fromJsonArray)))) }}
roles.{{ $name }}.login is true, and nothing lets it in; want a password or a certificate; set roles.{{ $name }}.passwordSecret or roles.{{ $name }}.clientCertificate
{{- end -}}
{{- range $group := $role.inRoles -}}
{{- if not (or (hasPrefix "pg_" $group) (include "postgres.isRole" (dict "root" $ "name" $group))) }}
roles.{{ $name }}.inRoles names {{ quote $group }}, which is no role here; want one of roles, or PostgreSQL's own; add it or correct the name
{{- end -}}
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

{{- /*
postgres.isRole: "true" for a role that is declared, and for any where the data comes from elsewhere and brings its own.
Call: include "postgres.isRole" (dict "root" $ "name" "reporting")
*/ -}}
{{- define "postgres.isRole" -}}
{{- $bootstrap := .root.Values.bootstrap -}}
{{- if or (ne $bootstrap.method "initdb") $bootstrap.initdb.import (hasKey .root.Values.roles .name) (eq .name (include "postgres.owner" .root)) -}}
true
{{- end -}}
{{- end -}}

{{- /* cert-manager keeps its authority's key to itself, and the operator signs what poolers and roles log in with. */ -}}
{{- define "postgres.validate.clientIssuer" -}}
{{- if .Values.certificates.clientIssuerRef -}}
{{- $signed := .Values.poolers | empty | ternary list (list "poolers") -}}
{{- range $name, $role := .Values.roles -}}
{{- if dig "clientCertificate" "enabled" false $role }}{{ $signed = printf "roles.%s.clientCertificate" $name | append $signed }}{{ end -}}
{{- end -}}
{{- with $signed }}
certificates.clientIssuerRef is set beside {{ join ", " . }}, which log in with certificates that the operator signs, and it has not that authority's key; want the operator's own authority for them; remove certificates.clientIssuerRef, or {{ join ", " . }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* pgaudit says nothing of a role that is not there: nothing would be audited. */ -}}
{{- define "postgres.validate.auditRole" -}}
{{- with .Values.audit.role -}}
{{- if not (include "postgres.isRole" (dict "root" $ "name" .)) }}
audit.role is {{ quote . }}, which is no role here, so nothing would be audited for it; want one of roles; add it to roles
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
An account that is there has its labels and annotations already; the operator makes none beside it. The plugin of backups binds
its Role to the account of the cluster's name, whichever the pods run as (plugin-barman-cloud 0.14,
internal/cnpgi/operator/specs/role.go, BuildRoleBinding).
*/ -}}
{{- define "postgres.validate.serviceAccount" -}}
{{- with .Values.serviceAccount -}}
{{- if and .name (or .annotations .labels) }}
serviceAccount.name is {{ quote .name }} beside {{ .annotations | empty | ternary "labels" "annotations" }}, which only an account that the operator makes gets; want one of them; annotate that account, or remove serviceAccount.name
{{- end -}}
{{- if and .name (include "postgres.objectStores" $ | fromJsonArray) }}
serviceAccount.name is {{ quote .name }} with object stores, which the plugin of backups opens to the account of the cluster's name alone, so that nothing would be archived; want the account that the operator makes; remove serviceAccount.name, and give that account the role by serviceAccount.annotations or by its name
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A certificate has an authority beside it, and comes from one place. */ -}}
{{- define "postgres.validate.certificateSecrets" -}}
{{- $certificates := .Values.certificates -}}
{{- $names := $certificates.secrets -}}
{{- range $certificate, $authority := dict "serverTLS" "serverCA" "replicationTLS" "clientCA" -}}
{{- if and (get $names $certificate) (not (get $names $authority)) }}
certificates.secrets.{{ $certificate }} is {{ get $names $certificate | quote }} and certificates.secrets.{{ $authority }} is not set; want the authority that it can be verified by; set certificates.secrets.{{ $authority }}
{{- end -}}
{{- $issuer := eq $certificate "serverTLS" | ternary "issuerRef" "clientIssuerRef" -}}
{{- range $key := list $certificate $authority -}}
{{- if and (get $names $key) (get $certificates $issuer) }}
certificates.secrets.{{ $key }} is {{ get $names $key | quote }} and certificates.{{ $issuer }} is set, by which cert-manager issues it; want one of them; remove the other
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
