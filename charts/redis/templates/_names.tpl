{{- /*
redis.name: the name of every object of the release. Call: include "redis.name" $
*/ -}}
{{- define "redis.name" -}}
{{- include "common.fullname" (dict "root" .) -}}
{{- end -}}

{{- /*
redis.labels: the labels of every object but the operator's. Call: include "redis.labels" $
*/ -}}
{{- define "redis.labels" -}}
{{- include "common.labels" (dict "root" . "version" .Values.image.tag "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
redis.memberLabels: the labels of the operator's objects. The operator copies them to StatefulSets, pods and Services, so
none of them names a version: a new chart would restart every pod. Call: include "redis.memberLabels" $
*/ -}}
{{- define "redis.memberLabels" -}}
{{- include "common.podLabels" (dict "root" . "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
redis.image: an image's reference; what is wrong with one is said by redis.validate.images, with all other problems.
Call: include "redis.image" (dict "image" .Values.image "at" "image")
*/ -}}
{{- define "redis.image" -}}
{{- if include "common.image.problem" . -}}
unusable
{{- else -}}
{{ include "common.image" . }}
{{- end -}}
{{- end -}}

{{- /*
redis.version: the version of Redis: what `image.version` says, else what the tag begins with; nothing where it begins with
none. Call: include "redis.version" $
*/ -}}
{{- define "redis.version" -}}
{{- .Values.image.version | default (regexFind "^v?[0-9]+\\.[0-9.]*[0-9]" .Values.image.tag | trimPrefix "v") -}}
{{- end -}}

{{- /*
redis.keep: annotations of what outlives the release and a prune: objects that hold data, and what their pods need to
start again and to be closed to others. Call: include "redis.keep" $
*/ -}}
{{- define "redis.keep" -}}
argocd.argoproj.io/sync-options: Prune=false,Delete=false
helm.sh/resource-policy: keep
{{- end -}}

{{- /*
redis.memberAnnotations: annotations of the operator's objects. A changed configuration restarts the pods, since the
operator copies annotations too. In a cluster it sets the dynamic configuration when pods become ready, and then alone
(redis-operator 0.26, rediscluster_controller.go), so a change restarts them there. Call: include "redis.memberAnnotations" $
*/ -}}
{{- define "redis.memberAnnotations" -}}
{{ include "redis.keep" . }}
{{- with .Values.operator.recreateStatefulSets }}
redis.opstreelabs.in/recreate-statefulset: 'true'
redis.opstreelabs.in/recreate-statefulset-strategy: {{ lower . }}
{{- end }}
{{- range $name, $value := .Values.podAnnotations }}
{{ $name | quote }}: {{ $value | quote }}
{{- end }}
{{- $dynamic := eq .Values.mode "cluster" | ternary (include "redis.dynamicConfiguration" .) "" }}
opencore.dev/configuration: {{ printf "%s%s" (include "redis.configuration" .) $dynamic | sha256sum | trunc 16 | quote }}
{{- end -}}

{{- /*
redis.selectorLabels: the labels of all pods of the release, Sentinels too. Call: include "redis.selectorLabels" $
*/ -}}
{{- define "redis.selectorLabels" -}}
{{- include "common.selectorLabels" (dict "root" .) -}}
{{- end -}}

{{- /*
redis.serverLabels: the labels of all servers, and of no Sentinel. Call: include "redis.serverLabels" $
*/ -}}
{{- define "redis.serverLabels" -}}
{{ include "redis.selectorLabels" . }}
redis_setup_type: {{ eq .Values.mode "sentinel" | ternary "replication" .Values.mode }}
{{- end -}}

{{- /*
redis.sentinelLabels: the labels of all Sentinels. Call: include "redis.sentinelLabels" $
*/ -}}
{{- define "redis.sentinelLabels" -}}
{{ include "redis.selectorLabels" . }}
redis_setup_type: sentinel
{{- end -}}

{{- /*
redis.hasOwnSentinels: "true" where Sentinels need an object of their own. The operator's embedded ones mount no
certificate and ask for no password (redis-operator 0.26, redisreplication_sentinel.go), so they serve without TLS only.
Call: include "redis.hasOwnSentinels" $
*/ -}}
{{- define "redis.hasOwnSentinels" -}}
{{- if and (eq .Values.mode "sentinel") .Values.tls.enabled -}}
true
{{- end -}}
{{- end -}}

{{- /*
redis.host: the Service that clients write to, as the operator names it. Call: include "redis.host" $
*/ -}}
{{- define "redis.host" -}}
{{- $suffix := dict "cluster" "leader" "replication" "master" "sentinel" "master" "standalone" "" -}}
{{- include "common.fullname" (dict "root" . "suffix" (get $suffix .Values.mode)) -}}
{{- end -}}

{{- /*
redis.sentinelHost: the Service of the Sentinels, as the operator names it. Call: include "redis.sentinelHost" $
*/ -}}
{{- define "redis.sentinelHost" -}}
{{- include "common.fullname" (dict "root" . "suffix" (include "redis.hasOwnSentinels" . | empty | ternary "s-hl" "sentinel")) -}}
{{- end -}}

{{- /*
redis.tlsSecretName: the Secret with the certificate. Call: include "redis.tlsSecretName" $
*/ -}}
{{- define "redis.tlsSecretName" -}}
{{- .Values.tls.secretName | default (include "common.fullname" (dict "root" . "suffix" "tls")) -}}
{{- end -}}

{{- /*
redis.authSecretName: the Secret with the passwords. Call: include "redis.authSecretName" $
*/ -}}
{{- define "redis.authSecretName" -}}
{{- .Values.auth.secret.name | default (include "common.fullname" (dict "root" . "suffix" "auth")) -}}
{{- end -}}

{{- /*
redis.aclSecretName: the Secret with user.acl; nothing where `default` is the only user. Call: include "redis.aclSecretName" $
*/ -}}
{{- define "redis.aclSecretName" -}}
{{- .Values.acl.users | empty | ternary (.Values.acl.secretName | default "") (include "redis.authSecretName" .) -}}
{{- end -}}

{{- /*
redis.servers: how many servers there are. Call: include "redis.servers" $ | int
*/ -}}
{{- define "redis.servers" -}}
{{- if eq .Values.mode "cluster" -}}
{{ mul .Values.cluster.leaders (add 1 .Values.cluster.followersPerLeader) }}
{{- else if eq .Values.mode "standalone" -}}
1
{{- else -}}
{{ int .Values.replication.members }}
{{- end -}}
{{- end -}}
