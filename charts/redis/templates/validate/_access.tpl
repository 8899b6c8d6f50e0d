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
{{- if and $users .Values.acl.secretName }}
acl.users and acl.secretName are both set; want one source of users; remove acl.secretName
{{- end -}}
{{- if and $users .Values.auth.enabled (not .Values.auth.externalSecret.store.name) }}
acl.users is set without auth.externalSecret.store.name, and no password reaches the users; want the store that has them; set auth.externalSecret.store.name, or write a whole ACL file yourself and name it in acl.secretName
{{- end -}}
{{- if hasKey $users "default" }}
acl.users.default is set, which is the user of operator and replicas; want another name; rename it
{{- end -}}
{{- if hasKey $users .Values.auth.secret.key }}
acl.users.{{ .Values.auth.secret.key }} has the name of the key auth.secret.key in the same Secret; want another name; rename one of them
{{- end -}}
{{- $keyspaces := include "redis.keyspaces" . | fromYaml -}}
{{- range $name, $user := $users -}}
{{- range $user.keyspaces -}}
{{- if not (hasKey $keyspaces .) }}
acl.users.{{ $name }}.keyspaces has {{ . }}, which is no keyspace; want one of {{ keys $keyspaces | sortAlpha | join ", " }}; correct the name, or add it to keyspaces
{{- end -}}
{{- end -}}
{{- range $user.commands -}}
{{- if or (has . (list "+@all" "+@admin" "+@dangerous" "+acl" "+config" "+debug" "+flushall" "+flushdb" "+keys" "+module" "+monitor" "+shutdown" "+replicaof" "+slaveof" "+failover" "+migrate" "+save" "+bgsave" "+swapdb" "+cluster")) (hasPrefix "+acl|" .) (hasPrefix "+config|" .) (hasPrefix "+module|" .) (hasPrefix "+debug|" .) }}
acl.users.{{ $name }}.commands has {{ . }}, with which a client harms all others; want commands that stay inside its keys; remove it, and use the user default for administration
{{- end -}}
{{- end -}}
{{- end -}}
{{- $patterns := dict -}}
{{- range $name, $keyspace := $keyspaces -}}
{{- with get $patterns $keyspace.pattern }}
keyspaces.{{ $name }}.pattern is {{ $keyspace.pattern }}, which keyspaces.{{ . }} has already; want keys apart; give one of them another pattern
{{- end -}}
{{- $_ := set $patterns $keyspace.pattern $name -}}
{{- end -}}
{{- end -}}

{{- /* The certificate comes from somewhere. */ -}}
{{- define "redis.validate.tls" -}}
{{- with .Values.tls -}}
{{- if and .enabled (not .issuerRef) (not .secretName) }}
tls.issuerRef and tls.secretName are both empty, so there is no certificate; want one of them; set tls.issuerRef to an issuer of cert-manager, or tls.secretName to a Secret with tls.crt, tls.key and ca.crt
{{- end -}}
{{- if and .enabled .issuerRef -}}
{{- if ge (include "common.milliseconds" .renewBefore | int64) (include "common.milliseconds" .duration | int64) }}
tls.renewBefore is {{ .renewBefore }} and tls.duration is {{ .duration }}; want to renew before the end and after the beginning; lower tls.renewBefore
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
