{{- /* The password comes from somewhere, and is asked for where users are told apart. */ -}}
{{- define "redis.validate.auth" -}}
{{- if .Values.auth.enabled -}}
{{- if not (or .Values.auth.secret.name .Values.auth.externalSecret.store.name) }}
auth.secret.name and auth.externalSecret.store.name are both empty, so no password is known; want one of them; set auth.secret.name to a Secret that exists, or auth.externalSecret.store.name to a store that has the password
{{- end -}}
{{- else if or .Values.acl.users .Values.acl.secretName }}
auth.enabled is false and acl has users, while `default` may do everything without a password; want passwords for all or none; set auth.enabled to true
{{- end -}}
{{- end -}}

{{- /* Users exist in one place, have keys that exist, and no way to administer the server. */ -}}
{{- define "redis.validate.users" -}}
{{- $users := .Values.acl.users -}}
{{- $categories := list "+@all" "+@admin" "+@dangerous" "+@keyspace" "+@scripting" "+@slow" "+@fast" -}}
{{- $harmful := list "acl" "bgrewriteaof" "bgsave" "cluster" "config" "debug" "failover" "flushall" "flushdb" "function" "keys" "latency" "migrate" "module" "monitor" "pfdebug" "pfselftest" "psync" "replconf" "replicaof" "restore-asking" "save" "script" "shutdown" "slaveof" "slowlog" "swapdb" "sync" -}}
{{- $ofClients := list "+client" "+client|kill" "+client|list" "+client|no-evict" "+client|pause" "+client|unblock" "+client|unpause" -}}
{{- if and $users .Values.acl.secretName }}
acl.users and acl.secretName are both set; want one source of users; remove acl.secretName
{{- end -}}
{{- if and $users .Values.auth.enabled (not .Values.auth.externalSecret.store.name) }}
acl.users is set without auth.externalSecret.store.name, and no password reaches the users; want the store that has them; set auth.externalSecret.store.name, or write a whole ACL file yourself and name it in acl.secretName
{{- end -}}
{{- if hasKey $users "default" }}
acl.users.default is set, which is the user of operator and replicas; want another name; rename it
{{- end -}}
{{- if and .Values.backup.enabled (hasKey $users "backup") }}
acl.users.backup is set, which is the user of the backup's job; want another name; rename it
{{- end -}}
{{- $keys := dict .Values.auth.secret.key "auth.secret.key" "user.acl" "the file of users" -}}
{{- if and $users (eq .Values.auth.secret.key "user.acl") }}
auth.secret.key is user.acl, which is the key of the file of users in the same Secret; want another key; set auth.secret.key to password
{{- end -}}
{{- range $name, $_ := $users -}}
{{- if eq $name $.Values.auth.secret.key }}
acl.users.{{ $name }} has the name of the key auth.secret.key in the same Secret; want another name; rename one of them
{{- end -}}
{{- $_ := set $keys $name (printf "acl.users.%s" $name) -}}
{{- end -}}
{{- with include "redis.sentinelPasswordKey" . -}}
{{- if hasKey $keys . }}
sentinel.passwordKey is {{ . }}, which is {{ get $keys . }} in the same Secret; want a password of the Sentinels alone; give it another name
{{- end -}}
{{- end -}}
{{- $keyspaces := include "redis.keyspaces" . | fromYaml -}}
{{- range $name, $user := $users -}}
{{- range $user.keyspaces -}}
{{- if not (hasKey $keyspaces .) }}
acl.users.{{ $name }}.keyspaces has {{ . }}, which is no keyspace; want one of {{ keys $keyspaces | sortAlpha | join ", " }}; correct the name, or add it to keyspaces
{{- end -}}
{{- end -}}
{{- range $user.commands -}}
{{- if or (has . $categories) (has (regexFind "[a-z-]+" (trimPrefix "+" .)) $harmful) (has . $ofClients) }}
acl.users.{{ $name }}.commands has {{ . }}, with which a client harms all others; want commands that stay inside its keys; remove it, and use the user default for administration
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Groups of keys do not overlap, or a user of one would reach the other, and clients can tell them apart. */ -}}
{{- define "redis.validate.keyspaces" -}}
{{- $prefixes := dict -}}
{{- $variables := dict -}}
{{- range $name, $keyspace := include "redis.keyspaces" . | fromYaml -}}
{{- $prefix := trimSuffix "*" $keyspace.pattern -}}
{{- range $otherPrefix, $other := $prefixes -}}
{{- if eq $prefix $otherPrefix }}
keyspaces.{{ $name }}.pattern is {{ $keyspace.pattern }}, which keyspaces.{{ $other }} has already; want keys apart; give one of them another pattern
{{- else if or (hasPrefix $prefix $otherPrefix) (hasPrefix $otherPrefix $prefix) }}
keyspaces.{{ $name }}.pattern is {{ $keyspace.pattern }} and keyspaces.{{ $other }}.pattern is {{ $otherPrefix }}*, so users of one reach keys of the other; want keys apart; give one of them another pattern, and let a user into both where it needs both
{{- end -}}
{{- end -}}
{{- $_ := set $prefixes $prefix $name -}}
{{- $variable := include "redis.variable" $name -}}
{{- with get $variables $variable }}
keyspaces has {{ . }} and {{ $name }}, which are both {{ $variable }} to clients; want names apart; rename one of them
{{- end -}}
{{- $_ := set $variables $variable $name -}}
{{- end -}}
{{- end -}}

{{- /* The certificate comes from somewhere. */ -}}
{{- define "redis.validate.tls" -}}
{{- with .Values.tls -}}
{{- if and .enabled (not .issuerRef) (not .secretName) }}
tls.issuerRef and tls.secretName are both empty, so there is no certificate; want one of them; set tls.issuerRef to an issuer of cert-manager, or tls.secretName to a Secret with tls.crt, tls.key and ca.crt
{{- end -}}
{{- if and .enabled .issuerRef -}}
{{- $times := dict "duration" .duration "renewBefore" .renewBefore -}}
{{- $wrong := list -}}
{{- range $name, $time := $times -}}
{{- if not (regexMatch "^([0-9]+(ms|[smh]))+$" $time) -}}
{{- $wrong = append $wrong $name }}
tls.{{ $name }} is {{ $time }}, and cert-manager knows no unit above hours; want a time such as 2160h; write it in hours
{{- end -}}
{{- end -}}
{{- if $wrong -}}
{{- else if lt (include "common.milliseconds" .duration | int64) 3600000 }}
tls.duration is {{ .duration }}, and cert-manager makes no certificate for less than an hour; want 1h or more; raise tls.duration
{{- else if ge (include "common.milliseconds" .renewBefore | int64) (include "common.milliseconds" .duration | int64) }}
tls.renewBefore is {{ .renewBefore }} and tls.duration is {{ .duration }}; want to renew before the end and after the beginning; lower tls.renewBefore
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
