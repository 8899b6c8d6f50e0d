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
      "rotation_statements" (list "select rotation.set_password('{{name}}', '{{password}}')") -}}
{{- $_ := set $files (printf "login.%s.json" $login) (toJson $role) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $files "connections" (prepend (keys .Values.configuration.databases | sortAlpha) "----" | join "\n") -}}
{{- $_ := set $files "logins" (prepend (sortAlpha $logins) "----" | join "\n") -}}
{{- toYaml $files -}}
{{- end -}}

{{- /*
vault.databasesScript: applies connections and logins, of each database whatever becomes of the others. A new password of
OpenBao's own user is made where the database takes none or another, and where RENEW says so of a database that answers: it is
written to its entry, from where it comes into the database by itself, and OpenBao goes on with the old one until the database
takes the new one. Each may take its whole time, so that the token is another one for each. A login that moves to another
database has its password set at once: OpenBao does that by itself for a new one alone.
Call: include "vault.databasesScript" $
*/ -}}
{{- define "vault.databasesScript" -}}
failed=0
field=password
# It is called where `set -e` does not hold.
renew() {
  logIn || return 1
  password="$(bao write -field=random_bytes sys/tools/random/32 format=hex)" || return 1
  [ -n "$password" ] || return 1
  printf '{"data":{"%s":"%s"}}' "$field" "$password" | bao write "$(cat "$CONFIGURATION/password.$1")" - > /dev/null || return 1
  end=$(($(date +%s) + PATIENCE_SECONDS))
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
  if said="$(bao write "database/config/$name" @"$file" 2>&1)"; then
    [ "$RENEW" = yes ] || continue
    said=28P01
  fi
  case "$said" in
    # The server is there, and takes no or another password, or shall have another.
    *28P01*) renew "$name" || { echo "$name: $said"; failed=1; } ;;
    *) echo "$name: $said"; failed=1 ;;
  esac
done
logIn
databaseOf() { bao read -field=db_name "database/static-roles/$1" 2> /dev/null || echo none; }
for file in "$CONFIGURATION"/login.*.json; do
  [ -e "$file" ] || continue
  name="$(nameOf "$file")"
  before="$(databaseOf "$name")"
  bao write "database/static-roles/$name" @"$file" || { failed=1; continue; }
  case "$before" in
    none | "$(databaseOf "$name")") ;;
    *) bao write -force "database/rotate-role/$name" || failed=1 ;;
  esac
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
