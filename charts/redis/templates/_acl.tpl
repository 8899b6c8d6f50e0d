{{- /*
redis.aclFile: user.acl as a template of the External Secrets operator, which puts a hash where `{{ }}` stands.
A file that leaves `default` out opens it to everybody, so it is the first line.
Rules: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
Call: include "redis.aclFile" $
*/ -}}
{{- define "redis.aclFile" -}}
user default on sanitize-payload {{ include "redis.passwordHashes" "default" }}~* &* +@all
{{- if include "redis.hasBackupUser" . }}
user backup on sanitize-payload {{ include "redis.passwordHashes" "backup" }}resetchannels -@all +ping +replconf +sync +psync +cluster|info +cluster|nodes
{{- end }}
{{- $keyspaces := include "redis.keyspaces" . | fromYaml }}
{{- range $name, $user := .Values.acl.users }}
{{- $keys := list }}
{{- range $user.keyspaces }}
{{- $keys = append $keys (printf "~%s" (dig . "pattern" "" $keyspaces)) }}
{{- end }}
{{- $channels := list }}
{{- range $user.channels }}
{{- $channels = append $channels (printf "&%s" .) }}
{{- end }}
user {{ $name }} on sanitize-payload {{ include "redis.passwordHashes" $name }}resetchannels {{ concat $keys $channels | join " " }} -@all {{ include "redis.commands" $user }}{{ include "redis.clearing" (dict "root" $ "user" $user) }}
{{- end }}
{{- end -}}

{{- /*
redis.commands: the commands of a user. What is dangerous is taken away last but for what clients ask at each connection:
who is master, which slots are where. SCAN and RANDOMKEY are taken away too: Redis names all users' keys to them, and a
session's key is its secret. Call: include "redis.commands" $user
*/ -}}
{{- define "redis.commands" -}}
{{- $access := .access | default "readWrite" -}}
{{- $data := dict "read" "+@read" "readWrite" "+@read +@write +@transaction" -}}
+@connection {{ get $data $access }}{{ if .channels }} +@pubsub{{ end }} -@dangerous -@admin -@blocking -scan -randomkey +wait +info +role +cluster|slots +cluster|shards +cluster|nodes +cluster|info +cluster|myid
{{- range .commands }} {{ . }}{{ end }}
{{- end -}}

{{- /*
redis.clearing: how a client empties its cache: it asks for the names of its keys, and deletes those. Spring's
RedisCacheManager does so by KEYS or SCAN (BatchStrategies, spring-data-redis). Redis names all keys to them, so they are for
users of a cache that may read every keyspace of the release. Call: include "redis.clearing" (dict "root" $ "user" $user)
*/ -}}
{{- define "redis.clearing" -}}
{{- $names := include "redis.keyspaces" .root | fromYaml | keys -}}
{{- $isCache := has .root.Values.use (list "cache" "queryCache") -}}
{{- $writes := eq (.user.access | default "readWrite") "readWrite" -}}
{{- if and $isCache $writes (eq (len (uniq .user.keyspaces)) (len $names)) }} +scan +keys
{{- end -}}
{{- end -}}

{{- /*
redis.passwordHashes: the place where the External Secrets operator writes the hash of each of a user's passwords; Redis
takes hashes. Without the line end that `echo` leaves in a store, as the redis-operator reads passwords too.
Call: include "redis.passwordHashes" "accounts"
*/ -}}
{{- define "redis.passwordHashes" -}}
{{ printf "{{ range index . %q | trim | splitList \"\\n\" }}#{{ . | trim | sha256sum }} {{ end }}" . | trim }}
{{- end -}}

{{- /*
redis.secretValue: the place where the External Secrets operator writes a user's password, the first of them: a store has
one a line while a new one takes the place of an old. Call: include "redis.secretValue" "accounts"
*/ -}}
{{- define "redis.secretValue" -}}
{{ printf "{{ index . %q | trim | splitList \"\\n\" | first | trim }}" . }}
{{- end -}}

{{- /*
redis.hasBackupUser: "true" where the backup's job has a user of its own, who may copy the data and not change them; where
users are not told apart it is `default`. Call: include "redis.hasBackupUser" $
*/ -}}
{{- define "redis.hasBackupUser" -}}
{{- if and .Values.backup.enabled .Values.acl.users -}}
true
{{- end -}}
{{- end -}}

{{- /*
redis.storedNames: properties of the store's entry, a list: users, and the Sentinels' own password.
Call: include "redis.storedNames" $ | fromYamlArray
*/ -}}
{{- define "redis.storedNames" -}}
- default
{{- range keys .Values.acl.users | sortAlpha }}
- {{ . | quote }}
{{- end }}
{{- if include "redis.hasBackupUser" . }}
- backup
{{- end }}
{{- with include "redis.sentinelPasswordKey" . }}
- {{ . | quote }}
{{- end }}
{{- end -}}
