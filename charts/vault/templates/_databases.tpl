{{- /*
vault.databasesPolicy: what the Job may do of databases: say where they are and whose passwords are rotated, rotate one, and
bring the password of OpenBao's own user to the entry from which the database gets it. It reads neither.
Call: include "vault.databasesPolicy" $
*/ -}}
{{- define "vault.databasesPolicy" -}}
path "database/config" { capabilities = ["list"] }
path "database/config/*" { capabilities = ["create", "read", "update", "delete"] }
path "database/static-roles" { capabilities = ["list"] }
path "database/static-roles/*" { capabilities = ["create", "read", "update", "delete"] }
path "database/rotate-role/*" { capabilities = ["update"] }
path "sys/tools/random/*" { capabilities = ["update"] }
{{- range .Values.configuration.databases }}
path {{ printf "%s/data/%s" $.Values.configuration.mount .passwordPath | quote }} { capabilities = ["create", "update"] }
{{- end }}
{{- end -}}

{{- /*
vault.connection: how OpenBao logs in to a database, as JSON, but for the password: over TLS, by the name and the authority of
the server. A password crosses as what SCRAM keeps of it, so that no log of the server can hold one.
https://openbao.org/api-docs/secret/databases/postgresql/
Call: include "vault.connection" (dict "database" $database)
*/ -}}
{{- define "vault.connection" -}}
{{- toJson (dict
      "plugin_name" "postgresql-database-plugin"
      "connection_url" (printf "postgresql://{{username}}:{{password}}@%s:5432/postgres?sslmode=verify-full&sslrootcert=/openbao/tls/ca.crt&connect_timeout=10" .database.host)
      "username" .database.username
      "password_authentication" "scram-sha-256"
      "allowed_roles" (keys .database.logins | sortAlpha)
      "max_open_connections" 2
      "max_connection_lifetime" "5m") -}}
{{- end -}}

{{- /*
vault.databaseFiles: the files of databases that the Job applies, by name: each connection with the entry of its password, each
login, and the names of all of them, below a line as `bao list` has it, so that no list is empty.
Call: include "vault.databaseFiles" $ | fromYaml
*/ -}}
{{- define "vault.databaseFiles" -}}
{{- $files := dict -}}
{{- $logins := list -}}
{{- range $name, $database := .Values.configuration.databases -}}
{{- $_ := set $files (printf "connection.%s.json" $name) (include "vault.connection" (dict "database" $database)) -}}
{{- $_ := set $files (printf "password.%s" $name) (printf "%s/data/%s" $.Values.configuration.mount $database.passwordPath) -}}
{{- range $login, $user := $database.logins -}}
{{- $logins = append $logins $login -}}
{{- $role := dict
      "db_name" $name
      "username" $user
      "rotation_period" $.Values.configuration.rotationPeriod
      "rotation_statements" (list "alter role \"{{name}}\" with password '{{password}}'") -}}
{{- $_ := set $files (printf "login.%s.json" $login) (toJson $role) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $files "connections" (prepend (keys .Values.configuration.databases | sortAlpha) "----" | join "\n") -}}
{{- $_ := set $files "logins" (prepend (sortAlpha $logins) "----" | join "\n") -}}
{{- toYaml $files -}}
{{- end -}}

{{- /*
vault.databasesScript: applies connections and logins, of each database whatever becomes of the others. A new password of
OpenBao's own user is made where the database takes none or another, and where RENEW says so: it is written to its entry, from
where it comes into the database by itself, and OpenBao goes on with the old one until the database takes the new one.
Call: include "vault.databasesScript" $
*/ -}}
{{- define "vault.databasesScript" -}}
end=$(($(date +%s) + PATIENCE_SECONDS))
failed=0
field=password
renew() {
  password="$(bao write -field=random_bytes sys/tools/random/32 format=hex)"
  printf '{"data":{"%s":"%s"}}' "$field" "$password" | bao write "$(cat "$CONFIGURATION/password.$1")" - > /dev/null
  until said="$(printf %s "$password" | bao write "database/config/$1" @"$CONFIGURATION/connection.$1.json" "$field=-" 2>&1)"; do
    [ "$(date +%s)" -lt "$end" ] || return 1
    sleep "$PAUSE_SECONDS"
  done
  echo "$1 takes a new password of OpenBao's user"
}
has() { bao read sys/mounts/database > /dev/null 2>&1; }
for file in "$CONFIGURATION"/connection.*.json; do
  [ -e "$file" ] || continue
  has || bao write sys/mounts/database type=database
  name="$(nameOf "$file")"
  said=28P01
  if [ "$RENEW" = yes ] || ! said="$(bao write "database/config/$name" @"$file" 2>&1)"; then
    # 28P01: the server is there, and takes no or another password.
    case "$said" in
      *28P01*) renew "$name" || { echo "$name: $said"; failed=1; } ;;
      *) echo "$name: $said"; failed=1 ;;
    esac
  fi
done
for file in "$CONFIGURATION"/login.*.json; do
  [ -e "$file" ] || continue
  bao write "database/static-roles/$(nameOf "$file")" @"$file" || failed=1
done
unknown() {
  found="$(bao list "$1" 2> /dev/null)" || return 0
  echo "$found" | tail -n +3 | grep -vxF -f "$CONFIGURATION/$2" | while read -r name; do
    echo "unknown $3: $name"
    if [ "$UNKNOWN" = remove ]; then bao delete "$1/$name"; fi
  done
}
if has; then
  unknown database/static-roles logins login
  unknown database/config connections database
fi
exit "$failed"
{{- end -}}
