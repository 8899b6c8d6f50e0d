{{- /*
postgres.rotatedRoles: the roles whose passwords the role of `passwordRotation` sets, as a JSON list.
Call: include "postgres.rotatedRoles" $ | fromJsonArray
*/ -}}
{{- define "postgres.rotatedRoles" -}}
{{- $names := list -}}
{{- with .Values.passwordRotation.role -}}
{{- $names = (get $.Values.roles . | default dict).inRoles | default list -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}

{{- /*
postgres.rotationSql: what a role needs that sets passwords of others, as a JSON list of statements. The operator makes roles
and says who is in which, and gives nobody the right to change another: PostgreSQL 16 wants ADMIN for that, and by itself a
member may also become the role that it is in. Roles are there from the first statement on, and the operator finds them.
A role whose objects belong to another becomes that one when it logs in.
Call: include "postgres.rotationSql" $ | fromJsonArray
*/ -}}
{{- define "postgres.rotationSql" -}}
{{- $statements := list -}}
{{- with .Values.passwordRotation.role -}}
{{- $statements = append $statements (printf "create role %s noinherit login createrole" (quote .)) -}}
{{- range $name := include "postgres.rotatedRoles" $ | fromJsonArray -}}
{{- $role := get $.Values.roles $name | default dict -}}
{{- $statements = append $statements (printf "create role %s login" (quote $name)) -}}
{{- range $group := $role.inRoles -}}
{{- $statements = append $statements (printf "grant %s to %s" (quote $group) (quote $name)) -}}
{{- end -}}
{{- $statements = concat $statements (include "postgres.rotationGrants" (dict "root" $ "name" $name) | fromJsonArray) -}}
{{- end -}}
{{- end -}}
{{- toJson $statements -}}
{{- end -}}

{{- /*
postgres.rotationGrants: the statements among them that a cluster that runs needs, too, for one role that is there.
Call: include "postgres.rotationGrants" (dict "root" $ "name" "accounts-login") | fromJsonArray
*/ -}}
{{- define "postgres.rotationGrants" -}}
{{- $role := get .root.Values.roles .name | default dict -}}
{{- $statements := list -}}
{{- with first ($role.inRoles | default list) -}}
{{- $statements = append $statements (printf "alter role %s set role to %s" (quote $.name) (quote .)) -}}
{{- end -}}
{{- append $statements (printf "grant %s to %s with admin true, inherit false, set false" (quote .name) (quote .root.Values.passwordRotation.role)) | toJson -}}
{{- end -}}
