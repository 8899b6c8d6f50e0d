{{- /*
kafka.users: every user by name with authentication, access control lists and quotas: those of `users`, and those of
Connect, mirror, registry and test. Call: include "kafka.users" $ | fromYaml
*/ -}}
{{- define "kafka.users" -}}
{{- $users := dict -}}
{{- range $name, $user := .Values.users -}}
{{- $acls := include "kafka.roles" (dict "root" $ "name" $name "user" $user) | fromYamlArray -}}
{{- $_ := set $users $name (dict "authentication" ($user.authentication | default "tls") "quotas" $user.quotas "acls" (concat $acls ($user.acls | default list))) -}}
{{- end -}}
{{- $own := dict "connect" .Values.connect.enabled "mirror" .Values.mirror.enabled "registry" .Values.registry.enabled "test" (include "kafka.isTested" . | eq "true") -}}
{{- range $part, $enabled := $own -}}
{{- if $enabled -}}
{{- $acls := include (printf "kafka.acls.%s" $part) $ | fromYamlArray -}}
{{- $_ := set $users (include "kafka.ownUser" (dict "root" $ "part" $part)) (dict "authentication" "tls" "acls" $acls) -}}
{{- end -}}
{{- end -}}
{{- toYaml $users -}}
{{- end -}}

{{- /*
kafka.roles: the lists of a user's roles. Writing with acks=all and idempotence needs Write alone since Kafka 3.0
(KIP-679). Call: include "kafka.roles" (dict "root" $ "name" "payments" "user" $user) | fromYamlArray
*/ -}}
{{- define "kafka.roles" -}}
{{- $root := .root -}}
{{- $name := .name -}}
{{- with .user.producer }}
{{- include "kafka.acl" (dict "type" "topic" "names" .topics "operations" (list "Write" "Describe")) }}
{{- with .transactionalIdPrefix }}
{{- include "kafka.acl" (dict "type" "transactionalId" "names" (list .) "pattern" "prefix" "operations" (list "Write" "Describe")) }}
{{- end }}
{{- end }}
{{- with .user.consumer }}
{{- $group := .group | default $name }}
{{- include "kafka.acl" (dict "type" "topic" "names" .topics "operations" (list "Read" "Describe")) }}
{{- include "kafka.acl" (dict "type" "group" "names" (list $group) "operations" (list "Read" "Describe")) }}
{{- if .deadLetters }}
{{- range .topics }}
{{- $letters := include "kafka.deadLetterName" (dict "root" $root "topic" . "group" $group) }}
{{- include "kafka.acl" (dict "type" "topic" "names" (list $letters) "operations" (list "Read" "Write" "Describe")) }}
{{- end }}
{{- end }}
{{- end }}
{{- with .user.streams }}
{{- $own := printf "%s-" .applicationId }}
{{- include "kafka.acl" (dict "type" "topic" "names" .inputs "operations" (list "Read" "Describe")) }}
{{- include "kafka.acl" (dict "type" "topic" "names" .outputs "operations" (list "Write" "Describe")) }}
{{- include "kafka.acl" (dict "type" "topic" "names" (list $own) "pattern" "prefix" "operations" (list "Read" "Write" "Create" "Delete" "Describe" "DescribeConfigs" "Alter")) }}
{{- include "kafka.acl" (dict "type" "group" "names" (list .applicationId) "operations" (list "Read" "Describe")) }}
{{- include "kafka.acl" (dict "type" "transactionalId" "names" (list $own) "pattern" "prefix" "operations" (list "Write" "Describe")) }}
{{- end }}
{{- with .user.connect }}
{{- include "kafka.acls.workers" .group }}
{{- include "kafka.acl" (dict "type" "topic" "names" .reads "operations" (list "Read" "Describe")) }}
{{- if .reads }}
{{- include "kafka.acl" (dict "type" "group" "names" (list "connect-") "pattern" "prefix" "operations" (list "Read" "Describe")) }}
{{- end }}
{{- include "kafka.acl" (dict "type" "topic" "names" .writes "operations" (list "Write" "Describe")) }}
{{- include "kafka.acl" (dict "type" "topic" "names" .writesPrefixes "pattern" "prefix" "operations" (list "Write" "Create" "Describe" "DescribeConfigs")) }}
{{- end }}
{{- with .user.mirrorSource }}
{{- include "kafka.acl" (dict "type" "topic" "names" .topics "operations" (list "Read" "Describe" "DescribeConfigs")) }}
{{- include "kafka.acl" (dict "type" "group" "names" .groups "operations" (list "Describe")) }}
{{- end }}
{{- end -}}

{{- /*
kafka.acl: one rule for each name. Call: include "kafka.acl" (dict "type" "topic" "names" $names "operations" (list "Read") "pattern" "literal")
*/ -}}
{{- define "kafka.acl" -}}
{{- range .names }}
- resource: { type: {{ $.type }}, name: {{ . | quote }}, patternType: {{ $.pattern | default "literal" }} }
  operations: [{{ join ", " $.operations }}]
{{- end }}
{{- end -}}
