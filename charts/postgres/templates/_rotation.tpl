{{- /*
postgres.rotationGroup: the group of the roles whose passwords the role of `passwordRotation` sets.
Call: include "postgres.rotationGroup" $
*/ -}}
{{- define "postgres.rotationGroup" -}}
{{- with .Values.passwordRotation.role }}{{ . }}-sets{{ end -}}
{{- end -}}

{{- /*
postgres.rotatedRoles: the roles in that group, as a JSON list.
Call: include "postgres.rotatedRoles" $ | fromJsonArray
*/ -}}
{{- define "postgres.rotatedRoles" -}}
{{- $names := list -}}
{{- with include "postgres.rotationGroup" . -}}
{{- range $name, $role := $.Values.roles -}}
{{- if has (include "postgres.rotationGroup" $) ((default dict $role).inRoles | default list) -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}

{{- /*
postgres.rotationRules: lines of pg_hba.conf, before all others of users: who sets passwords comes to the database with the
function, and to no other.
Call: include "postgres.rotationRules" $
*/ -}}
{{- define "postgres.rotationRules" -}}
{{- with .Values.passwordRotation.role -}}
- {{ printf "hostssl postgres %q all scram-sha-256" . | squote }}
- {{ printf "hostssl all %q all reject" . | squote }}
{{- end -}}
{{- end -}}

{{- /*
postgres.rotationSql: what a new cluster needs for that, as a JSON list of statements of the database `postgres`. Roles are
there from the first statement on, and the operator finds them. It grants what is there then: the owner and PostgreSQL's own;
the operator does the rest.
Call: include "postgres.rotationSql" $ | fromJsonArray
*/ -}}
{{- define "postgres.rotationSql" -}}
{{- $statements := list -}}
{{- with .Values.passwordRotation.role -}}
{{- $group := include "postgres.rotationGroup" $ -}}
{{- $statements = list (printf "create role %s noinherit login" (quote .)) (printf "create role %s" (quote $group)) -}}
{{- range $name := include "postgres.rotatedRoles" $ | fromJsonArray -}}
{{- $statements = append $statements (printf "create role %s login" (quote $name)) -}}
{{- range $parent := (get $.Values.roles $name).inRoles -}}
{{- if or (eq $parent $group) (eq $parent (include "postgres.owner" $)) (hasPrefix "pg_" $parent) -}}
{{- $statements = append $statements (printf "grant %s to %s" (quote $parent) (quote $name)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $statements = concat $statements (include "postgres.rotationLater" $ | fromJsonArray) -}}
{{- end -}}
{{- toJson $statements -}}
{{- end -}}

{{- /*
postgres.rotationLater: the statements among them that a cluster that runs needs, too, when its roles are there.

The function runs as the superuser that made it. So it looks nowhere but in PostgreSQL's own schema, takes the password of a
member of the group alone, which may do nothing of its own, and takes no password but what SCRAM keeps of one. Quotes of its
body have a name, since Kubernetes makes one of two `$` in the arguments of a container.
Call: include "postgres.rotationLater" $ | fromJsonArray
*/ -}}
{{- define "postgres.rotationLater" -}}
{{- $role := .Values.passwordRotation.role -}}
{{- $body := list
      "begin"
      "if not exists (select from pg_roles r join pg_auth_members m on m.member = r.oid join pg_roles g on g.oid = m.roleid"
      (printf "where r.rolname = login and g.rolname = '%s' and r.rolcanlogin" (include "postgres.rotationGroup" .))
      "and not (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls)) then"
      "raise insufficient_privilege using message = format('the password of %I is not set here', login); end if;"
      "if verifier !~ '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/]+=*[$][A-Za-z0-9+/]+=*:[A-Za-z0-9+/]+=*$' then"
      "raise invalid_parameter_value using message = 'want what SCRAM keeps of a password'; end if;"
      "execute format('alter role %I password %L', login, verifier);"
      "end" | join " " -}}
{{- $statements := list
      "create schema if not exists rotation"
      (printf "create or replace function rotation.set_password(login text, verifier text) returns void language plpgsql strict security definer set search_path = pg_catalog, pg_temp as $body$ %s $body$" $body)
      "revoke all on function rotation.set_password from public"
      (printf "grant usage on schema rotation to %s" (quote $role))
      (printf "grant execute on function rotation.set_password to %s" (quote $role)) -}}
{{- $owner := include "postgres.owner" . -}}
{{- range $name := include "postgres.rotatedRoles" . | fromJsonArray -}}
{{- if has $owner (get $.Values.roles $name).inRoles -}}
{{- $statements = append $statements (printf "alter role %s set role to %s" (quote $name) (quote $owner)) -}}
{{- end -}}
{{- end -}}
{{- toJson $statements -}}
{{- end -}}
