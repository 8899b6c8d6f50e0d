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
  {{- with .serverName | empty | ternary .source "origin" }}
  source: {{ . | quote }}
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
{{- $own := dict "postInitSQL" (include "postgres.rotationSql" .root) "postInitApplicationSQL" (include "postgres.partmanSql" .root) -}}
{{- range $field, $sql := $own -}}
{{- with fromJsonArray $sql }}
{{- $_ := set $initdb $field (concat . (get $initdb $field | default list)) }}
{{- end -}}
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
`externalClusters`, whose archives are read by the plugin: CloudNativePG 1.31 reads none by itself. Call: include "postgres.externalClusters" (dict "root" $ "cluster" $cluster)
*/ -}}
{{- define "postgres.externalClusters" -}}
{{- $root := .root -}}
{{- if $root.Values.regions.self }}
{{- range $region, $member := $root.Values.regions.members }}
- name: {{ include "postgres.regionServer" (dict "root" $root "cluster" $.cluster "region" $region) | quote }}
  plugin:
    name: barman-cloud.cloudnative-pg.io
    parameters:
      barmanObjectName: {{ include "postgres.regionStore" (dict "root" $root "region" $region) | quote }}
      serverName: {{ include "postgres.regionArchive" (dict "root" $root "cluster" $.cluster "region" $region) | quote }}
  {{- with omit $member "objectStore" "serverName" }}
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
      barmanObjectName: {{ include "common.fullname" (dict "root" $root "suffix" (.recovery.objectStore | empty | ternary "" "origin")) | quote }}
      serverName: {{ printf "%s%s" .recovery.serverName $.cluster.suffix | quote }}
{{- end }}
{{- end }}
{{- range $external := $root.Values.externalClusters }}
{{- $own := omit $external "barmanObjectStore" }}
{{- with $external.barmanObjectStore }}
{{- $parameters := dict "barmanObjectName" (include "postgres.externalStore" (dict "root" $root "name" $external.name)) "serverName" (.serverName | default $external.name) }}
{{- $_ := dict "name" "barman-cloud.cloudnative-pg.io" "parameters" $parameters | set $own "plugin" }}
{{- end }}
{{ list $own | toYaml }}
{{- end }}
{{- end -}}
