{{- /* Who sets passwords of others may do that and no more of roles that are declared. */ -}}
{{- define "postgres.validate.rotation" -}}
{{- with .Values.passwordRotation -}}
{{- if .role -}}
{{- $role := get $.Values.roles .role | default dict -}}
{{- if not (hasKey $.Values.roles .role) }}
passwordRotation.role is {{ quote .role }}, which is no role here; want one of roles; add it to roles
{{- else -}}
{{- if not (and $role.login (not $role.inRoles) (eq (toString $role.inherit) "false") (dig "passwordSecret" "name" "" $role)) }}
passwordRotation.role is {{ quote .role }}, and roles.{{ .role }} is not what sets passwords and does nothing else; want login, inherit false, no inRoles and passwordSecret; set them
{{- end -}}
{{- $rights := list "superuser" "bypassrls" "createdb" "createrole" "replication" -}}
{{- range $right := $rights -}}
{{- if get $role $right }}
roles.{{ $.Values.passwordRotation.role }}.{{ $right }} is true, and passwordRotation.role names it; want a role that sets passwords and does nothing else; remove {{ $right }}
{{- end -}}
{{- end -}}
{{- $group := include "postgres.rotationGroup" $ -}}
{{- $rotated := include "postgres.rotatedRoles" $ | fromJsonArray -}}
{{- if not (hasKey $.Values.roles $group) }}
passwordRotation.role is {{ quote .role }}, and roles has no {{ quote $group }}, the group of those whose passwords it sets; want that role; add it to roles
{{- end -}}
{{- if not $rotated }}
passwordRotation.role is {{ quote .role }}, and no role is in {{ quote $group }}, so it sets nobody's password; want {{ quote $group }} in inRoles of each whose password it sets; name it there
{{- end -}}
{{- range $name := $rotated -}}
{{- $login := get $.Values.roles $name -}}
{{- if not $login.login }}
roles.{{ $name }} is in {{ quote $group }} and does not log in; want a role that does; set roles.{{ $name }}.login, or take {{ quote $group }} out of its inRoles
{{- end -}}
{{- range $right := $rights -}}
{{- if get $login $right }}
roles.{{ $name }}.{{ $right }} is true, and it is in {{ quote $group }}: whoever sets its password could do the same; want a role that logs in and has no such right; remove {{ $right }}
{{- end -}}
{{- end -}}
{{- end -}}
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
