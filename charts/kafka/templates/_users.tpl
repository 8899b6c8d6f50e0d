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
{{- $_ := set $users (include "kafka.ownUser" (dict "root" $ "part" $part)) (dict "authentication" (eq $part "connect" | ternary $.Values.connect.authentication "tls") "acls" $acls) -}}
{{- end -}}
{{- end -}}
{{- toYaml $users -}}
{{- end -}}

{{- /*
kafka.keepsLists: "true" where access control lists are asked, by Kafka's own authorizer or another that keeps them.
Call: include "kafka.keepsLists" $
*/ -}}
{{- define "kafka.keepsLists" -}}
{{- with .Values.authorization -}}
{{- if and .enabled (or (not .authorizerClass) .supportsAdminApi) -}}
true
{{- end -}}
{{- end -}}
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
{{- include "kafka.acls.workers" (dict "group" .group "topics" (include "kafka.workerTopics" .group | fromYaml | keys)) }}
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

{{- /*
kafka.pushName: name of the PushSecret of a user's credentials, or of the authority that goes with them.
Call: include "kafka.pushName" (dict "root" $ "user" $user "secret" $secret)
*/ -}}
{{- define "kafka.pushName" -}}
{{- include "common.bounded" (dict "name" (printf "%s-%s" (include "kafka.name" (dict "root" .root)) .user) "suffix" (eq .user .secret | ternary "push" "push-ca")) -}}
{{- end -}}

{{- /*
kafka.broughtSecrets: names of the ExternalSecrets and PushSecrets by which credentials go from cluster to cluster.
Call: include "kafka.broughtSecrets" $ | fromYaml
*/ -}}
{{- define "kafka.broughtSecrets" -}}
{{- $pulled := list -}}
{{- with .Values.mirror -}}
{{- if and .enabled .source.externalSecret.store.name -}}
{{- $pulled = compact (list .source.caSecret .source.userSecret) -}}
{{- end -}}
{{- end -}}
{{- $pushed := list -}}
{{- range $user, $rights := .Values.users -}}
{{- if $rights.pushTo -}}
{{- $pushed = concat $pushed (list (include "kafka.pushName" (dict "root" $ "user" $user "secret" $user)) (include "kafka.pushName" (dict "root" $ "user" $user "secret" ""))) -}}
{{- end -}}
{{- end -}}
{{- dict "externalsecret" $pulled "pushsecret" $pushed | toYaml -}}
{{- end -}}
