{{- /*
postgres.isStandby: "true" where another region is the primary. Call: include "postgres.isStandby" $
*/ -}}
{{- define "postgres.isStandby" -}}
{{- with .Values.regions -}}
{{- if and .self (ne .self (.primary | default "")) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
postgres.regionServer: name under which a region's cluster archives, and by which the regions know it.
Call: include "postgres.regionServer" (dict "root" $ "cluster" $cluster "region" "eu-west-1")
*/ -}}
{{- define "postgres.regionServer" -}}
{{- trimSuffix (printf "-%s" .root.Values.regions.self) .cluster.server }}-{{ .region }}
{{- end -}}

{{- /*
postgres.regionStore: name of the ObjectStore with a region's archive. Call: include "postgres.regionStore" (dict "root" $ "region" "eu-west-1")
*/ -}}
{{- define "postgres.regionStore" -}}
{{- $suffix := eq .region .root.Values.regions.self | ternary "" .region -}}
{{- include "common.fullname" (dict "root" .root "suffix" $suffix) -}}
{{- end -}}

{{- /*
postgres.bootstrap: where a new cluster's data comes from. Call: include "postgres.bootstrap" (dict "root" $ "cluster" $cluster)
*/ -}}
{{- define "postgres.bootstrap" -}}
{{- $bootstrap := .root.Values.bootstrap -}}
{{- $first := dict "database" (include "postgres.database" .root) "owner" (include "postgres.owner" .root) -}}
{{- with $bootstrap.initdb.secret }}{{ $_ := set $first "secret" . }}{{ end -}}
{{- if include "postgres.isStandby" .root -}}
recovery: {{- dict "source" (include "postgres.regionServer" (dict "root" .root "cluster" .cluster "region" .root.Values.regions.primary)) | merge $first | toYaml | nindent 2 }}
{{- else if eq $bootstrap.method "baseBackup" -}}
pg_basebackup: {{- merge (dict "source" $bootstrap.baseBackup) $first | toYaml | nindent 2 }}
{{- else if eq $bootstrap.method "recovery" -}}
recovery:
  {{- toYaml $first | nindent 2 }}
  {{- with $bootstrap.recovery }}
  {{- if .serverName }}
  source: origin
  {{- end }}
  {{- with .volumeSnapshots }}
  volumeSnapshots: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .target }}
  {{- /* As JSON: Helm 3 would leave the time without quotes, and it has to stay text. */}}
  recoveryTarget: {{ toJson . }}
  {{- end }}
  {{- end }}
{{- else -}}
{{- $initdb := deepCopy $bootstrap.initdb -}}
{{- with include "postgres.partmanSql" .root | fromJsonArray }}
{{- $_ := set $initdb "postInitApplicationSQL" (concat . ($initdb.postInitApplicationSQL | default list)) }}
{{- end -}}
initdb:
  {{- range $key, $value := $initdb }}
  {{- if not (eq (toString $value) "") }}
  {{- dict $key $value | toYaml | nindent 2 }}
  {{- end }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- /*
postgres.externalClusters: other servers that this cluster knows: the regions, what it is recovered from, and
`externalClusters`. Call: include "postgres.externalClusters" (dict "root" $ "cluster" $cluster)
*/ -}}
{{- define "postgres.externalClusters" -}}
{{- $root := .root -}}
{{- if $root.Values.regions.self }}
{{- range $region, $member := $root.Values.regions.members }}
- name: {{ include "postgres.regionServer" (dict "root" $root "cluster" $.cluster "region" $region) }}
  plugin:
    name: barman-cloud.cloudnative-pg.io
    parameters:
      barmanObjectName: {{ include "postgres.regionStore" (dict "root" $root "region" $region) }}
      serverName: {{ include "postgres.regionServer" (dict "root" $root "cluster" $.cluster "region" $region) }}
  {{- with omit $member "objectStore" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}
{{- with $root.Values.bootstrap }}
{{- if and (eq .method "recovery") .recovery.serverName }}
- name: origin
  plugin:
    name: barman-cloud.cloudnative-pg.io
    parameters:
      barmanObjectName: {{ include "common.fullname" (dict "root" $root "suffix" (.recovery.objectStore | empty | ternary "" "origin")) }}
      serverName: {{ .recovery.serverName }}{{ if gt (int $root.Values.shards.count) 1 }}-s{{ $.cluster.shard }}{{ end }}
{{- end }}
{{- end }}
{{- with $root.Values.externalClusters }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /*
postgres.replica: this cluster's place among the regions. The operator wants a source of the primary too: the first
other region. Call: include "postgres.replica" (dict "root" $ "cluster" $cluster)
*/ -}}
{{- define "postgres.replica" -}}
{{- $regions := .root.Values.regions -}}
{{- if $regions.self -}}
{{- $others := without (keys $regions.members | sortAlpha) $regions.self -}}
{{- $source := include "postgres.isStandby" .root | empty | ternary (first $others) $regions.primary -}}
{{- range $key, $region := dict "self" $regions.self "primary" $regions.primary "source" $source }}
{{ $key }}: {{ include "postgres.regionServer" (dict "root" $.root "cluster" $.cluster "region" $region) }}
{{- end }}
{{- with $regions.promotionToken }}
promotionToken: {{ . }}
{{- end }}
{{- with $regions.minApplyDelay }}
minApplyDelay: {{ . }}
{{- end }}
{{- end -}}
{{- end -}}
