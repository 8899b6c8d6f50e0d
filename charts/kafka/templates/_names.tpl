{{- /*
kafka.name: the name of the cluster, with an optional suffix. Call: include "kafka.name" (dict "root" $ "suffix" "connect")
*/ -}}
{{- define "kafka.name" -}}
{{- include "common.fullname" . -}}
{{- end -}}

{{- /*
kafka.labels: labels of an object that Strimzi does not copy to pods. Call: include "kafka.labels" $
*/ -}}
{{- define "kafka.labels" -}}
{{- include "common.labels" (dict "root" . "version" .Values.version "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
kafka.inheritedLabels: labels of an object whose labels Strimzi copies to its pods. Without the chart's version, or
every release of the chart would restart every node. Call: include "kafka.inheritedLabels" $
*/ -}}
{{- define "kafka.inheritedLabels" -}}
{{- include "common.podLabels" (dict "root" . "extra" .Values.commonLabels) -}}
{{- end -}}

{{- /*
kafka.ofCluster: the label by which Strimzi finds the cluster of an object. Call: include "kafka.ofCluster" $
*/ -}}
{{- define "kafka.ofCluster" -}}
strimzi.io/cluster: {{ include "kafka.name" (dict "root" .) | quote }}
{{- end -}}

{{- /*
kafka.keep: annotations of what holds data: neither `helm uninstall` nor Argo CD deletes it. Call: include "kafka.keep" $
*/ -}}
{{- define "kafka.keep" -}}
helm.sh/resource-policy: keep
argocd.argoproj.io/sync-options: Prune=false,Delete=false
{{- end -}}

{{- /*
kafka.podsOf: labels of the pods of one part: those that Strimzi makes (kafka, entity-operator, cruise-control,
kafka-exporter, connect, mirrormaker2), and the chart's own (registry, registry-rules).
Call: include "kafka.podsOf" (dict "root" $ "part" "kafka")
*/ -}}
{{- define "kafka.podsOf" -}}
{{- if hasPrefix "registry" .part -}}
app.kubernetes.io/name: {{ include "kafka.name" (dict "root" .root "suffix" .part) | quote }}
{{- else -}}
{{- $owners := dict "connect" "connect" "mirrormaker2" "mirror" -}}
strimzi.io/name: {{ include "kafka.name" (dict "root" .root "suffix" (get $owners .part)) }}-{{ .part }}
{{- end -}}
{{- end -}}

{{- /*
kafka.ownUser: name of the user that the chart makes for one of its own parts. Call: include "kafka.ownUser" (dict "root" $ "part" "connect")
*/ -}}
{{- define "kafka.ownUser" -}}
{{- include "kafka.name" (dict "root" .root "suffix" .part) -}}
{{- end -}}

{{- /*
kafka.topicObject: the name of the KafkaTopic of a topic: the topic's own where Kubernetes can have it, else a like one
with a hash that keeps two apart. Call: include "kafka.topicObject" "Accounts_Events"
*/ -}}
{{- define "kafka.topicObject" -}}
{{- $label := "[a-z0-9]([-a-z0-9]*[a-z0-9])?" -}}
{{- if regexMatch (printf "^%s(\\.%s)*$" $label $label) . -}}
{{ . }}
{{- else -}}
{{ regexReplaceAll "[^a-z0-9]+" (lower .) "-" | trunc 200 | trimAll "-" }}-{{ sha256sum . | trunc 8 }}
{{- end -}}
{{- end -}}
