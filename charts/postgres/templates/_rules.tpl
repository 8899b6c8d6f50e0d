{{- /*
postgres.ruleGroups: the groups of rules/ for the clusters of this release, as a JSON list. The files are Prometheus'
own format; `CLUSTERS` stands for the clusters, `NAMESPACE` for their namespace, `STANDBYS` for the standbys of each. Call: include "postgres.ruleGroups" $ | fromJsonArray
*/ -}}
{{- define "postgres.ruleGroups" -}}
{{- $clusters := include "postgres.clusterNames" . | fromJsonArray | join "|" -}}
{{- $wanted := .Values.monitoring.rules -}}
{{- $groups := list -}}
{{- range $path, $_ := .Files.Glob "rules/*.yaml" -}}
{{- $text := $.Files.Get $path | replace "CLUSTERS" $clusters | replace "NAMESPACE" $.Release.Namespace | replace "STANDBYS" (sub (int $.Values.instances) 1 | toString) -}}
{{- range $group := (fromYaml $text).groups -}}
{{- $rules := list -}}
{{- range $rule := $group.rules -}}
{{- if and (not (has $rule.alert $wanted.disabled)) (include "postgres.isRuleUseful" (dict "root" $ "group" $group.name)) -}}
{{- $annotations := merge (dict "runbook_url" (printf "%s/%s.md" (trimSuffix "/" $wanted.runbooks) $rule.alert)) $rule.annotations -}}
{{- $labels := merge (deepCopy $wanted.alertLabels) $rule.labels -}}
{{- $rules = merge (dict "annotations" $annotations "labels" $labels) $rule | append $rules -}}
{{- end -}}
{{- end -}}
{{- if $rules -}}
{{- $groups = dict "name" (printf "%s.%s" (include "postgres.name" $) $group.name) "rules" $rules | append $groups -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $groups -}}
{{- end -}}

{{- /*
postgres.isRuleUseful: "true" where what a group watches exists. Call: include "postgres.isRuleUseful" (dict "root" $ "group" "poolers")
*/ -}}
{{- define "postgres.isRuleUseful" -}}
{{- with .root.Values -}}
{{- $needs := dict
      "backups" (not (empty (include "postgres.archives" $.root)))
      "certificates" (or (not (empty .certificates.issuerRef)) (not (empty .certificates.clientIssuerRef)))
      "poolers" (not (empty .poolers))
      "regions" (not (empty .regions.self))
      "replication" (gt (int .instances) 1)
      "subscriptions" (not (empty .subscriptions)) -}}
{{- if get $needs $.group | default (not (hasKey $needs $.group)) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}
