{{- /*
postgres.name: the name of the release's objects; a single cluster has it too. Call: include "postgres.name" $
*/ -}}
{{- define "postgres.name" -}}
{{- include "common.fullname" (dict "root" .) -}}
{{- end -}}

{{- /*
postgres.clusters: the clusters of the release, as a JSON list of {name, suffix, server}: one, or a shard each, whose
suffix is `-s0` and so on. `server` is the name under which the cluster archives. Call: include "postgres.clusters" $ | fromJsonArray
*/ -}}
{{- define "postgres.clusters" -}}
{{- $count := int .Values.shards.count -}}
{{- $self := .Values.regions.self -}}
{{- $clusters := list -}}
{{- range $shard := until $count -}}
{{- $suffix := gt $count 1 | ternary (printf "-s%d" $shard) "" -}}
{{- $cluster := dict "name" (printf "%s%s" (include "postgres.name" $) $suffix) "suffix" $suffix -}}
{{- $server := printf "%s%s" ($.Values.backups.serverName | default (include "postgres.name" $)) $suffix -}}
{{- if $self }}{{ $server = include "postgres.regionArchive" (dict "root" $ "cluster" $cluster "region" $self) }}{{ end -}}
{{- $clusters = set $cluster "server" $server | append $clusters -}}
{{- end -}}
{{- toJson $clusters -}}
{{- end -}}

{{- /*
postgres.clusterNames: the names of all clusters of the release, as a JSON list. Call: include "postgres.clusterNames" $ | fromJsonArray
*/ -}}
{{- define "postgres.clusterNames" -}}
{{- $names := list -}}
{{- range include "postgres.clusters" . | fromJsonArray -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}

{{- /*
postgres.objectName: a Kubernetes name for what PostgreSQL calls by another: underscores become hyphens.
Call: include "postgres.objectName" (dict "cluster" "accounts-db" "name" "core_banking")
*/ -}}
{{- define "postgres.objectName" -}}
{{- include "common.bounded" (dict "name" (printf "%s-%s" .cluster (.name | replace "_" "-" | trimAll "-"))) -}}
{{- end -}}

{{- /*
postgres.poolerName: the name of a pooler and its Service. Call: include "postgres.poolerName" (dict "cluster" "accounts-db" "name" "rw")
*/ -}}
{{- define "postgres.poolerName" -}}
{{ .cluster }}-pooler-{{ .name }}
{{- end -}}

{{- /*
postgres.labels: the labels of every object. Call: include "postgres.labels" $
*/ -}}
{{- define "postgres.labels" -}}
{{- $extra := include "postgres.ownLabels" . | fromYaml -}}
{{- include "common.labels" (dict "root" . "version" .Values.image.tag "extra" $extra) -}}
{{- end -}}

{{- /*
postgres.ownLabels: the labels that values say, which no release of the chart changes. Call: include "postgres.ownLabels" $
*/ -}}
{{- define "postgres.ownLabels" -}}
{{- range $name, $value := merge (dict "opencore.dev/tier" .Values.tier) .Values.commonLabels }}
{{ $name | quote }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- /*
postgres.keep: annotations of what must outlive `helm uninstall` and a prune by Argo CD. Call: include "postgres.keep" $
*/ -}}
{{- define "postgres.keep" -}}
helm.sh/resource-policy: keep
argocd.argoproj.io/sync-options: Prune=false,Delete=false
{{- end -}}

{{- /*
postgres.major: PostgreSQL's major version: what `image.major` says, else what the image's tag begins with. Call: include "postgres.major" $ | int
*/ -}}
{{- define "postgres.major" -}}
{{- .Values.image.major | default (regexFind "^[0-9]+" (toString .Values.image.tag)) -}}
{{- end -}}

{{- /*
postgres.image: a reference by tag and digest; what is wrong with it, postgres.validate says, together with everything
else. Call: include "postgres.image" .Values.image
*/ -}}
{{- define "postgres.image" -}}
{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}

{{- /*
postgres.database: the first database of each cluster. Call: include "postgres.database" $
*/ -}}
{{- define "postgres.database" -}}
{{- .Values.bootstrap.initdb.database | default "app" -}}
{{- end -}}

{{- /*
postgres.owner: the role that owns the first database. Call: include "postgres.owner" $
*/ -}}
{{- define "postgres.owner" -}}
{{- .Values.bootstrap.initdb.owner | default (include "postgres.database" .) -}}
{{- end -}}
