{{- /* Settings have one place, and none is lost on the way to a broker. */ -}}
{{- define "kafka.validate.config" -}}
{{- $sources := dict "default.replication.factor" "replication.factor" "min.insync.replicas" "replication.minInSyncReplicas" "replica.selector.class" "racks.enabled" -}}
{{- $own := include "kafka.ownConfig" . | fromYaml -}}
{{- range $key, $_ := .Values.config -}}
{{- if hasKey $own $key }}
config.{{ $key }} is set, and {{ get $sources $key | default (hasSuffix ".min.isr" $key | ternary "replication.minInSyncReplicas" "replication.factor") }} sets it already; want it once; remove config.{{ $key }}
{{- end -}}
{{- end -}}
{{- range $key := include "kafka.ignored" (dict "config" .Values.config "of" "brokers") | splitList "\n" | compact }}
config.{{ $key }} is set, and Strimzi ignores it since it sets that itself; want settings that take effect; remove it, and use listeners, authorization, quotas or racks instead
{{- end -}}
{{- if eq .Values.tier "production" -}}
{{- range $key := list "auto.create.topics.enable" "unclean.leader.election.enable" -}}
{{- if eq (get $.Values.config $key | toString) "true" }}
config.{{ $key }} is true and tier is production; want {{ eq $key "auto.create.topics.enable" | ternary "topics made on purpose, with their copies" "leaders that have every acknowledged record" }}; remove config.{{ $key }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if not (hasPrefix (regexFind "^[0-9]+\\.[0-9]+" .Values.metadataVersion) .Values.version) -}}
{{- if gt (regexFind "^4\\.[0-9]+" .Values.metadataVersion | trimPrefix "4." | int) (regexFind "^4\\.[0-9]+" .Values.version | trimPrefix "4." | int) }}
metadataVersion is {{ .Values.metadataVersion }} and version is {{ .Values.version }}; want metadata that this version can read; lower metadataVersion or raise version
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Clients are known and nobody listens in. */ -}}
{{- define "kafka.validate.listeners" -}}
{{- $production := eq .Values.tier "production" -}}
{{- $listeners := include "kafka.listeners" . | fromYaml -}}
{{- if not $listeners }}
listeners has no open listener; want at least one; set listeners.tls.enabled to true
{{- end -}}
{{- $ports := dict -}}
{{- range $name, $listener := $listeners -}}
{{- $port := int $listener.port | toString -}}
{{- if eq $port "0" }}
listeners.{{ $name }} has no port; want one from 9092 on; set listeners.{{ $name }}.port
{{- else if has $port (list "9404" "9999") }}
listeners.{{ $name }}.port is {{ $port }}, which Strimzi uses for {{ eq $port "9404" | ternary "metrics" "JMX" }}; want another; change it
{{- else if hasKey $ports $port }}
listeners.{{ $name }}.port is {{ $port }}, which listeners.{{ get $ports $port }} has already; want every port once; change one of them
{{- end -}}
{{- $_ := set $ports $port $name -}}
{{- if and $production (not $listener.tls) }}
listeners.{{ $name }}.tls is false and tier is production; want every byte encrypted; set it to true, or listeners.{{ $name }}.enabled to false
{{- end -}}
{{- if and (not $listener.tls) (eq $listener.authentication "tls") }}
listeners.{{ $name }}.authentication is tls and listeners.{{ $name }}.tls is false; want encryption, without which there are no certificates; set listeners.{{ $name }}.tls to true
{{- end -}}
{{- $custom := $listener.custom | default dict -}}
{{- if and (eq $listener.authentication "custom") (not $custom.listenerConfig) }}
listeners.{{ $name }}.authentication is custom and listeners.{{ $name }}.custom.listenerConfig is empty; want how clients prove who they are; set it
{{- else if and $listener.custom (ne $listener.authentication "custom") }}
listeners.{{ $name }}.custom is set and its authentication is {{ $listener.authentication }}, which it has no part in; want one of them; set the authentication to custom, or remove it
{{- else if and $production (eq (toString $custom.sasl) "false") (ne (get $custom.listenerConfig "ssl.client.auth" | toString) "required") }}
listeners.{{ $name }}.custom.sasl is false and tier is production; want clients that prove who they are; set ssl.client.auth to required in its listenerConfig, or sasl to true
{{- end -}}
{{- range $key, $_ := $custom.listenerConfig -}}
{{- if hasPrefix "ssl.keystore." $key }}
listeners.{{ $name }}.custom.listenerConfig.{{ $key }} is set, and Strimzi ignores it since it sets that itself; want settings that take effect; remove it
{{- end -}}
{{- end -}}
{{- if and $production (eq $listener.authentication "none") }}
listeners.{{ $name }}.authentication is none and tier is production; want clients that prove who they are; set it to tls or scram-sha-512
{{- end -}}
{{- end -}}
{{- range $name, $listener := $listeners -}}
{{- $configuration := $listener.configuration | default dict -}}
{{- if has $listener.type (list "ingress" "tlsroute") -}}
{{- if not ($configuration.bootstrap | default dict).host }}
listeners.{{ $name }}.type is {{ $listener.type }} and its configuration has no bootstrap.host; want the name by which clients find the cluster; set listeners.{{ $name }}.configuration.bootstrap.host
{{- end -}}
{{- if not (or $configuration.hostTemplate $configuration.brokers) }}
listeners.{{ $name }}.type is {{ $listener.type }} and its brokers have no hosts; want a name for each, since clients talk to every broker; set listeners.{{ $name }}.configuration.hostTemplate, such as broker-{nodeId}.kafka.example.com
{{- end -}}
{{- end -}}
{{- if and (eq $listener.type "tlsroute") (not $configuration.parentRefs) }}
listeners.{{ $name }}.type is tlsroute and its configuration has no parentRefs; want the gateway that carries the routes; set listeners.{{ $name }}.configuration.parentRefs
{{- end -}}
{{- if and (has $listener.type (list "ingress" "route" "tlsroute")) (not $listener.tls) }}
listeners.{{ $name }}.type is {{ $listener.type }} and listeners.{{ $name }}.tls is false; want TLS, by whose server name such routes tell brokers apart; set listeners.{{ $name }}.tls to true
{{- end -}}
{{- end -}}
{{- range $flow := .Values.network.ingress -}}
{{- range .ports -}}
{{- if and $.Values.registry.enabled (has (toString .port) (list "8443" "9000")) -}}
{{- else if not (or (hasKey $ports (toString .port)) (has (toString .port) (list "9404"))) }}
network.ingress has the flow {{ $flow.flow }} to port {{ .port }}, which no listener has; want the port of a listener ({{ keys $ports | sortAlpha | join ", " }}) or 9404 for metrics; change the flow or open a listener
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Somebody asks the access control lists. */ -}}
{{- define "kafka.validate.authorization" -}}
{{- if and (eq .Values.tier "production") (not .Values.authorization.enabled) }}
authorization.enabled is false and tier is production; want access control lists, or every client may delete every topic; set it to true
{{- end -}}
{{- with .Values.authorization -}}
{{- range $key := list "authorizerClass" "superUsers" -}}
{{- if and (get $.Values.authorization $key) (not $.Values.authorization.enabled) }}
authorization.{{ $key }} is set and authorization.enabled is false, so nobody asks; want both or neither; remove it
{{- end -}}
{{- end -}}
{{- if and .supportsAdminApi (not .authorizerClass) }}
authorization.supportsAdminApi is true and authorization.authorizerClass is not set, and Kafka's own has it anyway; want it beside another; remove it
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A user can log in, and what its roles name exists. */ -}}
{{- define "kafka.validate.users" -}}
{{- $ways := list -}}
{{- range include "kafka.listeners" . | fromYaml -}}
{{- $ways = append $ways .authentication -}}
{{- end -}}
{{- $own := list -}}
{{- range $part, $enabled := dict "connect" .Values.connect.enabled "mirror" .Values.mirror.enabled "registry" .Values.registry.enabled "test" (include "kafka.isTested" .) -}}
{{- if $enabled -}}
{{- $own = append $own (include "kafka.ownUser" (dict "root" $ "part" $part)) -}}
{{- end -}}
{{- end -}}
{{- $topics := include "kafka.topics" . | fromYaml -}}
{{- range $name, $user := .Values.users -}}
{{- $way := $user.authentication | default "tls" -}}
{{- if eq $way "external" -}}
{{- if not (has "custom" $ways) }}
users.{{ $name }}.authentication is external and no listener has authentication custom, by which it could be known; want one; add one to listeners, or change the user
{{- end -}}
{{- else if not (has (trimSuffix "-external" $way) $ways) }}
users.{{ $name }}.authentication is {{ $way }} and no listener takes it; want a listener with authentication {{ trimSuffix "-external" $way }}; add one to listeners, or change the user
{{- end -}}
{{- if and $user.pushTo (not $.Values.pushSecrets.store.name) }}
users.{{ $name }}.pushTo is set and pushSecrets.store.name is empty; want the store; set pushSecrets.store.name, or remove it
{{- end -}}
{{- if and $user.pushTo (hasSuffix "external" $way) }}
users.{{ $name }}.pushTo is set and its authentication is {{ $way }}, for which Strimzi makes no credentials; want some to push; remove it
{{- end -}}
{{- if has $name $own }}
users.{{ $name }} has the name of a user of the chart's own; want another name; rename it
{{- end -}}
{{- range $role, $keys := dict "producer" (list "topics") "consumer" (list "topics") "streams" (list "inputs" "outputs") "connect" (list "reads" "writes") "mirrorSource" (list "topics") -}}
{{- range $key := $keys -}}
{{- range $topic := get (get $user $role | default dict) $key | default list -}}
{{- if not (hasKey $topics $topic) }}
users.{{ $name }}.{{ $role }}.{{ $key }} names {{ $topic }}, which is no topic of this cluster; want one of topics; add topics.{{ $topic }} or correct the name
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A wildcard opens topics that do not exist yet. */ -}}
{{- define "kafka.validate.acls" -}}
{{- if eq .Values.tier "production" -}}
{{- range $name, $user := .Values.users -}}
{{- range $index, $acl := $user.acls -}}
{{- if eq ($acl.resource.name | default "") "*" }}
users.{{ $name }}.acls[{{ $index }}].resource.name is "*" and tier is production; want the names or the prefix that it needs; name them, or use a role
{{- end -}}
{{- if and (eq $acl.resource.patternType "prefix") (lt (len ($acl.resource.name | default "")) 2) (ne $acl.resource.name "*") }}
users.{{ $name }}.acls[{{ $index }}].resource.name is the prefix {{ quote $acl.resource.name }} and tier is production, which is nearly everything; want a prefix of two characters or more; lengthen it
{{- end -}}
{{- if has "All" $acl.operations }}
users.{{ $name }}.acls[{{ $index }}].operations has All and tier is production; want the operations that it needs; list them
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
