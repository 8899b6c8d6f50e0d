{{- /* Poolers have servers behind them, and their own values say their size and TLS. */ -}}
{{- define "postgres.validate.poolers" -}}
{{- $owners := dict "client_tls_sslmode" "the chart (require)" "default_pool_size" "poolSize" "max_db_connections" "poolSize" "max_client_conn" "clientConnections" -}}
{{- $known := .Files.Get "files/pooler-parameters.txt" | trim | splitList "\n" -}}
{{- range $name, $pooler := .Values.poolers -}}
{{- range $parameter, $value := $pooler.parameters -}}
{{- if not (has $parameter $known) }}
poolers.{{ $name }}.parameters.{{ $parameter }} is none that the operator takes; want one of its list; correct the name or remove it
{{- end -}}
{{- if or (and (eq $parameter "auth_type") (not (has $value (list "hba" "scram-sha-256" "cert")))) (and (eq $parameter "server_tls_sslmode") (not (hasPrefix "verify-" $value))) }}
poolers.{{ $name }}.parameters.{{ $parameter }} is {{ quote $value }}, which opens a door; want {{ eq $parameter "auth_type" | ternary "hba, scram-sha-256 or cert" "verify-ca or verify-full" }}; remove it
{{- end -}}
{{- with get $owners $parameter }}
poolers.{{ $name }}.parameters.{{ $parameter }} is set, and {{ . }} says it already; want it in one place; remove it
{{- end -}}
{{- end -}}
{{- if ne (empty $pooler.authQuery) (empty $pooler.serverCertificate) }}
poolers.{{ $name }}.{{ $pooler.authQuery | empty | ternary "serverCertificate" "authQuery" }} is set alone; want authQuery and serverCertificate, since whoever asks has to log in; set poolers.{{ $name }}.{{ $pooler.authQuery | empty | ternary "authQuery" "serverCertificate" }}, or remove it
{{- end -}}
{{- if and $pooler.image $pooler.imageCatalogRef }}
poolers.{{ $name }}.image is {{ quote $pooler.image }} beside poolers.{{ $name }}.imageCatalogRef; want one of them; remove the other
{{- end -}}
{{- if and (eq $pooler.type "ro") (eq (int $.Values.instances) 1) }}
poolers.{{ $name }}.type is "ro" and instances 1, so there is no standby behind it; want two instances or more; raise instances, or use "r"
{{- end -}}
{{- if has $pooler.type $.Values.services.disabled }}
poolers.{{ $name }}.type is {{ quote $pooler.type }}, whose Service services.disabled turns off; want the Service; remove it from services.disabled
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
What poolers may open on one server fits: pods times pool size times databases. Ten connections are left to the
operator, to metrics and to superusers (superuser_reserved_connections is 3).
*/ -}}
{{- define "postgres.validate.poolSize" -}}
{{- $databases := add1 (len .Values.databases) -}}
{{- $room := sub (int .Values.maxConnections) 10 -}}
{{- range $type, $server := dict "rw" "the primary" "ro" "a standby" -}}
{{- $wanted := 0 -}}
{{- $terms := list -}}
{{- range $name, $pooler := $.Values.poolers -}}
{{- if has $pooler.type (list $type "r") -}}
{{- $pods := $pooler.instances | default 2 | int -}}
{{- $size := $pooler.poolSize | default 20 | int -}}
{{- $wanted = add $wanted (mul $pods $size $databases) -}}
{{- $terms = printf "%s %d pods x %d" $name $pods $size | append $terms -}}
{{- end -}}
{{- end -}}
{{- if gt $wanted $room }}
poolers may open {{ $wanted }} connections to {{ $server }} ({{ join ", " $terms }}; {{ $databases }} database{{ gt $databases 1 | ternary "s" "" }}) and maxConnections {{ int $.Values.maxConnections }} leaves {{ $room }}; want them to fit; lower poolSize, or raise maxConnections to {{ add $wanted 10 }} or more
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Names that PostgreSQL has itself, names said twice, and names that become one in Kubernetes. */ -}}
{{- define "postgres.validate.databases" -}}
{{- $first := include "postgres.database" . -}}
{{- range $name, $_ := .Values.databases -}}
{{- if has $name (list "postgres" "template0" "template1") }}
databases.{{ $name }} is PostgreSQL's own; want another name; rename it
{{- else if eq $name $first }}
databases.{{ $name }} is the first database, which bootstrap.initdb makes; want it in one place; use extensions and schemas for it
{{- end -}}
{{- end -}}
{{- range $name, $database := include "postgres.databases" . | fromJson -}}
{{- if not (include "postgres.isRole" (dict "root" $ "name" $database.owner)) }}
databases.{{ $name }}.owner is {{ quote $database.owner }}, which is no role here; want one of roles{{ printf ", or %s" (include "postgres.owner" $) }}; add it to roles
{{- end -}}
{{- $at := eq $name $first | ternary "" (printf "databases.%s." $name) -}}
{{- range $list := list "extensions" "schemas" "fdws" "servers" -}}
{{- $names := list -}}
{{- range get $database $list | default list }}{{ $names = append $names .name }}{{ end -}}
{{- if ne (len $names) (len (uniq $names)) }}
{{ $at }}{{ $list }} names {{ join ", " $names }}; want every name once{{ eq $list "fdws" "servers" | ternary "" ", and what partitioning adds (pg_partman, partman) not at all" }}; remove one
{{- end -}}
{{- end -}}
{{- $wrappers := list -}}
{{- range $database.fdws }}{{ $wrappers = append $wrappers .name }}{{ end -}}
{{- range $server := $database.servers -}}
{{- if not (has $server.fdw $wrappers) }}
{{ $at }}servers has {{ $server.name }} with fdw {{ quote $server.fdw }}; want one of {{ $at }}fdws{{ with $wrappers }} ({{ join ", " . }}){{ end }}; add it
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key := list "databases" "roles" "publications" "subscriptions" -}}
{{- $seen := dict -}}
{{- range $name, $_ := get $.Values $key -}}
{{- $folded := $name | replace "_" "-" | trimAll "-" -}}
{{- with get $seen $folded }}
{{ $key }}.{{ . }} and {{ $key }}.{{ $name }} would both be the object {{ $folded }}; want names that differ in more than "_" and "-"; rename one
{{- end -}}
{{- $_ := set $seen $folded $name -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Publications and subscriptions are in databases that exist; slots on standbys need PostgreSQL 17. */ -}}
{{- define "postgres.validate.replication" -}}
{{- $known := include "postgres.database" . | list | concat (keys .Values.databases) | uniq | sortAlpha -}}
{{- range $key := list "publications" "subscriptions" -}}
{{- range $name, $object := get $.Values $key -}}
{{- with $object.database -}}
{{- if not (has . $known) }}
{{ $key }}.{{ $name }}.database is {{ quote . }}; want one of {{ join ", " $known }}; add it to databases, or correct the name
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.changeDataCapture.enabled (include "postgres.major" .) (lt (include "postgres.major" . | int) 17) }}
changeDataCapture.enabled is true and image.tag is {{ .Values.image.tag }}; want PostgreSQL 17 or newer, which copies logical slots to standbys; raise image.tag
{{- end -}}
{{- end -}}
