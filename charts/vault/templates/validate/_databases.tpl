{{- /* Each login is one user of one database, of one client: with two, either would know when the other's password changes, and use it. */ -}}
{{- define "vault.validate.databases" -}}
{{- if and .Values.configuration.databases (eq .Values.configuration.mount "database") }}
configuration.mount is database, where passwords of databases are rotated; want another path for secrets; rename it
{{- end -}}
{{- $owners := dict -}}
{{- $logins := dict -}}
{{- range $name, $database := .Values.configuration.databases -}}
{{- range $login, $user := $database.logins -}}
{{- $at := printf "configuration.databases.%s.logins.%s" $name $login -}}
{{- with get $logins $login }}
{{ $at }} has a name that is taken by {{ . }}; want each login once; rename it
{{- end -}}
{{- $_ := set $logins $login $at -}}
{{- if eq $user $database.username }}
{{ $at }} is {{ $user }}, OpenBao's own user, whose password only the Job makes anew; want a user of a service; name it
{{- end -}}
{{- $key := printf "%s/%s" $database.host $user -}}
{{- with get $owners $key }}
{{ $at }} is {{ $user }}, as {{ . }} is: two would read one password; want a user for each service; name another
{{- end -}}
{{- $_ := set $owners $key $at -}}
{{- end -}}
{{- end -}}
{{- $readers := dict -}}
{{- range $name, $client := .Values.configuration.clients -}}
{{- if not (or $client.read $client.logins) }}
configuration.clients.{{ $name }} has neither read nor logins, so it may do nothing; want what it may read; add one of them, or remove the client
{{- end -}}
{{- range $login := $client.logins -}}
{{- if not (hasKey $logins $login) }}
configuration.clients.{{ $name }}.logins names {{ $login }}, which no database has; want a login of configuration.databases; add it there, or correct the name
{{- end -}}
{{- with get $readers $login }}
configuration.clients.{{ $name }}.logins names {{ $login }}, as {{ . }} does: two would share one user; want a login for each client; give it one of its own
{{- end -}}
{{- $_ := set $readers $login (printf "configuration.clients.%s" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
