{{- /*
postgres.archives: "true" where the log and base backups go to an object store. Call: include "postgres.archives" $
*/ -}}
{{- define "postgres.archives" -}}
{{- if and .Values.backups.enabled .Values.backups.archive -}}
true
{{- end -}}
{{- end -}}

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
postgres.externalStore: name of the ObjectStore with the archive of an external cluster. Call: include "postgres.externalStore" (dict "root" $ "name" "legacy")
*/ -}}
{{- define "postgres.externalStore" -}}
{{- include "common.fullname" (dict "root" .root "suffix" (printf "from-%s" (.name | lower | replace "_" "-"))) -}}
{{- end -}}

{{- /*
postgres.objectStores: the object stores of the release, as a JSON list of {name, configuration, retentionPolicy}: the
cluster's own, which alone is cleaned up; those of other regions; and those of clusters that it is made from or follows.
Call: include "postgres.objectStores" $ | fromJsonArray
*/ -}}
{{- define "postgres.objectStores" -}}
{{- $stores := list -}}
{{- with .Values.backups -}}
{{- if include "postgres.archives" $ -}}
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
{{- range $external := .Values.externalClusters -}}
{{- with $external.barmanObjectStore -}}
{{- $name := include "postgres.externalStore" (dict "root" $ "name" $external.name) -}}
{{- $stores = dict "name" $name "configuration" (omit . "serverName") | append $stores -}}
{{- end -}}
{{- end -}}
{{- toJson $stores -}}
{{- end -}}

{{- /*
postgres.sidecarMemory: MiB that the plugin's container needs. A backup runs a Python process for each of `data.jobs`,
archiving and restoring one for each of `wal.maxParallel`. With two and four, 128Mi and 512Mi were seen to be too
little: a backup of 38 MB reached 254 MiB (cozystack #4220), a restore of 852 MB was killed at 512Mi eight times and not at
1Gi (siutsin/otaru #2728); plugin-barman-cloud #385 has more. Call: include "postgres.sidecarMemory" $ | int
*/ -}}
{{- define "postgres.sidecarMemory" -}}
{{- with .Values.backups -}}
{{- add 512 (mul 128 (.data.jobs | default 2 | int)) (mul 64 (.wal.maxParallel | default 1 | int)) -}}
{{- end -}}
{{- end -}}

{{- /*
postgres.sidecar: `backups.sidecar`, with the resources that it needs where it says none. Call: include "postgres.sidecar" $
*/ -}}
{{- define "postgres.sidecar" -}}
{{- $memory := printf "%sMi" (include "postgres.sidecarMemory" .) -}}
{{- $resources := dict "requests" (dict "cpu" "100m" "memory" $memory) "limits" (dict "cpu" "1" "memory" $memory) -}}
{{- $resources = merge (deepCopy (.Values.backups.sidecar.resources | default dict)) $resources -}}
{{- $resources = include "postgres.withDisk" (dict "resources" $resources "disk" "512Mi") | fromYaml -}}
{{- merge (dict "resources" $resources) .Values.backups.sidecar | toYaml -}}
{{- end -}}

{{- /*
postgres.storeConfiguration: an ObjectStore's configuration. The plugin gives the cluster's account a Role that reads the
Secrets that its stores name, and with none named it reads every one of the namespace (plugin-barman-cloud 0.14 and 0.15,
internal/cnpgi/operator/specs/{role,secrets}.go), which control C1 refuses. So a role of AWS comes with the name of one that
is not there: with inheritFromIAMRole no key is looked up (barman-cloud 0.5.1, pkg/credentials/env.go). With a
role of Azure or Google the plugin counts no Secret, or looks up the one that is named: postgres.validate.stores refuses it.
Call: include "postgres.storeConfiguration" (dict "root" $ "configuration" $configuration)
*/ -}}
{{- define "postgres.storeConfiguration" -}}
{{- $configuration := deepCopy .configuration -}}
{{- with $configuration.s3Credentials -}}
{{- if and .inheritFromIAMRole (not .region) -}}
{{- $name := include "common.fullname" (dict "root" $.root "suffix" "no-login") -}}
{{- $_ := set . "region" (dict "name" $name "key" "none") -}}
{{- end -}}
{{- end -}}
{{- toYaml $configuration -}}
{{- end -}}
