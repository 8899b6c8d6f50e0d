{{- /* External clusters have names of their own, and a way to reach them. */ -}}
{{- define "postgres.validate.externalClusters" -}}
{{- $taken := list -}}
{{- if and (eq .Values.bootstrap.method "recovery") .Values.bootstrap.recovery.serverName }}{{ $taken = append $taken "origin" }}{{ end -}}
{{- if .Values.regions.self -}}
{{- range $cluster := include "postgres.clusters" . | fromJsonArray -}}
{{- range $region, $_ := $.Values.regions.members -}}
{{- $taken = include "postgres.regionServer" (dict "root" $ "cluster" $cluster "region" $region) | append $taken -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $index, $cluster := .Values.externalClusters -}}
{{- if has $cluster.name $taken }}
externalClusters[{{ $index }}].name is {{ quote $cluster.name }}, which is taken; want every name once; rename it
{{- end -}}
{{- $taken = append $taken $cluster.name -}}
{{- if not (or $cluster.connectionParameters $cluster.plugin $cluster.barmanObjectStore) }}
externalClusters[{{ $index }}] has none of connectionParameters, barmanObjectStore and plugin; want how to reach it; set one
{{- end -}}
{{- if and $cluster.barmanObjectStore $cluster.plugin }}
externalClusters[{{ $index }}] has barmanObjectStore, of which the chart makes a plugin, and plugin; want one archive; remove one
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* An import says what it takes, as its type allows. */ -}}
{{- define "postgres.validate.import" -}}
{{- with .Values.bootstrap.initdb.import -}}
{{- $at := "bootstrap.initdb.import" -}}
{{- $databases := .databases | default list -}}
{{- if and (eq .type "microservice") (or (ne (len $databases) 1) (has "*" $databases)) }}
{{ $at }}.databases is {{ toJson $databases }} and {{ $at }}.type "microservice"; want one database by name; name it, or set type to "monolith"
{{- end -}}
{{- if and (eq .type "microservice") .roles }}
{{ $at }}.roles is set and {{ $at }}.type "microservice", which takes no roles; want them in roles; move them there
{{- end -}}
{{- if eq .type "monolith" -}}
{{- range $key := list "databases" "roles" -}}
{{- $names := get $.Values.bootstrap.initdb.import $key | default list -}}
{{- if and (gt (len $names) 1) (has "*" $names) }}
{{ $at }}.{{ $key }} has "*" beside names; want "*" alone, or names; remove one
{{- end -}}
{{- end -}}
{{- if not $databases }}
{{ $at }}.databases is empty; want one or more, or "*"; name them
{{- end -}}
{{- if .postImportApplicationSQL }}
{{ $at }}.postImportApplicationSQL is set and {{ $at }}.type "monolith", which has no one application; want it with "microservice"; remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What is one cannot be the origin of several shards, or belong to all of them. */ -}}
{{- define "postgres.validate.shards" -}}
{{- if gt (int .Values.shards.count) 1 -}}
{{- $one := dict
      "services.additional" .Values.services.additional
      "bootstrap.initdb.import" .Values.bootstrap.initdb.import
      "bootstrap.baseBackup" .Values.bootstrap.baseBackup
      "bootstrap.recovery.volumeSnapshots" .Values.bootstrap.recovery.volumeSnapshots
      "bootstrap.recovery.source" .Values.bootstrap.recovery.source
      "regions.promotionToken" .Values.regions.promotionToken
      "replica.source" .Values.replica.source -}}
{{- range $field := list "backupID" "targetLSN" "targetXID" -}}
{{- $_ := set $one (printf "bootstrap.recovery.target.%s" $field) (dig "target" $field "" $.Values.bootstrap.recovery) -}}
{{- end -}}
{{- range $key, $value := $one -}}
{{- if $value }}
{{ $key }} is set and shards.count {{ int $.Values.shards.count }}, and it can be of one cluster alone; want it where there is one; use a release without shards for it, or remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
