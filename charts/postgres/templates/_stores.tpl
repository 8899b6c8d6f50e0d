{{- /*
postgres.ownStore: where this cluster archives, as the JSON of an ObjectStore's configuration: its region's store where
`regions` says one, else that of `backups`. Call: include "postgres.ownStore" $ | fromJson
*/ -}}
{{- define "postgres.ownStore" -}}
{{- $backups := .Values.backups -}}
{{- $place := pick $backups "destinationPath" "endpointURL" "endpointCA" "s3Credentials" "azureCredentials" "googleCredentials" -}}
{{- $place = dig (.Values.regions.self | default "") "objectStore" $place .Values.regions.members -}}
{{- $how := dict -}}
{{- range $key := list "wal" "data" "tags" }}{{ with get $backups $key }}{{ $_ := set $how $key . }}{{ end }}{{ end -}}
{{- merge dict $place $how | toJson -}}
{{- end -}}

{{- /*
postgres.objectStores: the object stores of the release, as a JSON list of {name, configuration, retentionPolicy}: the
cluster's own, which alone is cleaned up; those of other regions; and the one that it is recovered from.
Call: include "postgres.objectStores" $ | fromJsonArray
*/ -}}
{{- define "postgres.objectStores" -}}
{{- $stores := list -}}
{{- with .Values.backups -}}
{{- if .enabled -}}
{{- $own := include "postgres.ownStore" $ | fromJson -}}
{{- $stores = dict "name" (include "postgres.name" $) "configuration" $own "retentionPolicy" .retention | append $stores -}}
{{- end -}}
{{- end -}}
{{- with .Values.regions -}}
{{- $self := .self | default "" -}}
{{- range $region, $member := .members -}}
{{- if and $self (ne $region $self) -}}
{{- $name := include "postgres.regionStore" (dict "root" $ "region" $region) -}}
{{- $stores = dict "name" $name "configuration" $member.objectStore | append $stores -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with .Values.bootstrap -}}
{{- if and (eq .method "recovery") .recovery.objectStore -}}
{{- $name := include "common.fullname" (dict "root" $ "suffix" "origin") -}}
{{- $stores = dict "name" $name "configuration" .recovery.objectStore | append $stores -}}
{{- end -}}
{{- end -}}
{{- toJson $stores -}}
{{- end -}}
