{{- /* Who sets passwords of others may do that and no more, of roles that are declared, and PostgreSQL has to hold it to them. */ -}}
{{- define "postgres.validate.rotation" -}}
{{- with .Values.passwordRotation -}}
{{- if .role -}}
{{- $role := get $.Values.roles .role | default dict -}}
{{- if not (hasKey $.Values.roles .role) }}
passwordRotation.role is {{ quote .role }}, which is no role here; want one of roles; add it to roles
{{- else -}}
{{- if not (and $role.login $role.createrole (eq (toString $role.inherit) "false") (dig "passwordSecret" "name" "" $role)) }}
passwordRotation.role is {{ quote .role }}, and roles.{{ .role }} is not what sets passwords and does nothing else; want login, createrole, inherit false and passwordSecret; set them
{{- end -}}
{{- range $right := list "superuser" "bypassrls" "createdb" "replication" -}}
{{- if get $role $right }}
roles.{{ $.Values.passwordRotation.role }}.{{ $right }} is true, and passwordRotation.role names it; want a role that sets passwords and does nothing else; remove {{ $right }}
{{- end -}}
{{- end -}}
{{- if not $role.inRoles }}
roles.{{ .role }}.inRoles is empty, so it may set nobody's password; want the roles whose passwords it sets; name them
{{- end -}}
{{- range $name := $role.inRoles -}}
{{- if not (dig "login" false (get $.Values.roles $name | default dict)) }}
roles.{{ $.Values.passwordRotation.role }}.inRoles names {{ quote $name }}, which does not log in; want roles that do, each with `login`; add it to roles, or take it out
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (include "postgres.major" $) (lt (include "postgres.major" $ | int) 16) }}
passwordRotation.role is {{ quote .role }} and image.tag is {{ $.Values.image.tag }}, where who may make roles may change every other; want PostgreSQL 16 or newer; raise image.tag
{{- end -}}
{{- if gt (int $.Values.shards.count) 1 }}
passwordRotation.role is {{ quote .role }} and shards.count is {{ $.Values.shards.count }}, of which each would have users of the same names; want one cluster; remove one of the two
{{- end -}}
{{- if and .store.name (not .path) }}
passwordRotation.store.name is {{ quote .store.name }} and passwordRotation.path is unset; want the entry with the password; set passwordRotation.path
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
