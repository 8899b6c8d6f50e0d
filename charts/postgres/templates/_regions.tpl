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
postgres.isFollowing: "true" where the clusters take no writes: in a standby region, and as a replica of another cluster.
Call: include "postgres.isFollowing" $
*/ -}}
{{- define "postgres.isFollowing" -}}
{{- if or (include "postgres.isStandby" .) (and .Values.replica.source .Values.replica.enabled) -}}
true
{{- end -}}
{{- end -}}

{{- /*
postgres.regionServer: name by which the regions know a region's cluster. It stays when that region archives elsewhere.
Call: include "postgres.regionServer" (dict "root" $ "cluster" $cluster "region" "eu-west-1")
*/ -}}
{{- define "postgres.regionServer" -}}
{{- $base := .root.Values.backups.serverName | default (include "postgres.name" .root) -}}
{{- printf "%s%s-%s" $base .cluster.suffix .region -}}
{{- end -}}

{{- /*
postgres.regionArchive: name under which a region's cluster archives. Call: include "postgres.regionArchive" (dict "root" $ "cluster" $cluster "region" "eu-west-1")
*/ -}}
{{- define "postgres.regionArchive" -}}
{{- with dig .region "serverName" "" .root.Values.regions.members -}}
{{- printf "%s%s" . $.cluster.suffix -}}
{{- else -}}
{{- include "postgres.regionServer" . -}}
{{- end -}}
{{- end -}}

{{- /*
postgres.regionStore: name of the ObjectStore with a region's archive. Call: include "postgres.regionStore" (dict "root" $ "region" "eu-west-1")
*/ -}}
{{- define "postgres.regionStore" -}}
{{- $suffix := eq .region .root.Values.regions.self | ternary "" .region -}}
{{- include "common.fullname" (dict "root" .root "suffix" $suffix) -}}
{{- end -}}

{{- /*
postgres.replica: whom this cluster follows: its place among the regions, where the operator wants a source of the primary
too (the first other region), or another cluster. Call: include "postgres.replica" (dict "root" $ "cluster" $cluster)
*/ -}}
{{- define "postgres.replica" -}}
{{- $regions := .root.Values.regions -}}
{{- $replica := .root.Values.replica -}}
{{- if $regions.self -}}
{{- $others := without (keys $regions.members | sortAlpha) $regions.self -}}
{{- $source := include "postgres.isStandby" .root | empty | ternary (first $others) $regions.primary -}}
{{- range $key, $region := dict "self" $regions.self "primary" $regions.primary "source" $source }}
{{ $key }}: {{ include "postgres.regionServer" (dict "root" $.root "cluster" $.cluster "region" $region) | quote }}
{{- end }}
{{- with $regions.promotionToken }}
promotionToken: {{ . | quote }}
{{- end }}
{{- with $regions.minApplyDelay }}
minApplyDelay: {{ . | quote }}
{{- end }}
{{- else if $replica.source -}}
enabled: {{ $replica.enabled }}
source: {{ $replica.source | quote }}
{{- with $replica.minApplyDelay }}
minApplyDelay: {{ . | quote }}
{{- end }}
{{- end -}}
{{- end -}}
