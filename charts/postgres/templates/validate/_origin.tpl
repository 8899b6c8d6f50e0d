{{- /* What a new cluster is made from exists. */ -}}
{{- define "postgres.validate.bootstrap" -}}
{{- $known := list -}}
{{- range .Values.externalClusters }}{{ $known = append $known .name }}{{ end -}}
{{- $wanted := dict -}}
{{- with .Values.bootstrap -}}
{{- if and (eq .method "baseBackup") (not .baseBackup) }}
bootstrap.method is "baseBackup" and bootstrap.baseBackup is not set; want the cluster to copy; name one of externalClusters
{{- end -}}
{{- with .baseBackup }}{{ $_ := set $wanted "bootstrap.baseBackup" . }}{{ end -}}
{{- with .recovery.source }}{{ $_ := set $wanted "bootstrap.recovery.source" . }}{{ end -}}
{{- with dig "import" "source" "externalCluster" "" .initdb }}{{ $_ := set $wanted "bootstrap.initdb.import.source.externalCluster" . }}{{ end -}}
{{- end -}}
{{- if ne (.Values.replica.source | default "origin") "origin" }}{{ $_ := set $wanted "replica.source" .Values.replica.source }}{{ end -}}
{{- range $name, $subscription := .Values.subscriptions }}{{ $_ := set $wanted (printf "subscriptions.%s.externalCluster" $name) $subscription.externalCluster }}{{ end -}}
{{- range $key, $name := $wanted -}}
{{- if not (has $name $known) }}
{{ $key }} is {{ quote $name }}, which is not in externalClusters; want one of those{{ with $known }} ({{ join ", " . }}){{ end }}; add it or correct the name
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A recovery has something to recover, and its values are not set in vain. */ -}}
{{- define "postgres.validate.recovery" -}}
{{- with .Values.bootstrap -}}
{{- if eq .method "recovery" -}}
{{- if not (or .recovery.serverName .recovery.source .recovery.volumeSnapshots) }}
bootstrap.method is "recovery" without bootstrap.recovery.serverName, bootstrap.recovery.source and bootstrap.recovery.volumeSnapshots; want what to recover; set serverName to the name under which the old cluster archived, or source to one of externalClusters
{{- end -}}
{{- if and .recovery.serverName .recovery.source }}
bootstrap.recovery has serverName and source, which are two archives; want one; remove the other
{{- end -}}
{{- if and .recovery.serverName (not .recovery.objectStore) (not (include "postgres.archives" $)) }}
bootstrap.recovery.serverName is {{ quote .recovery.serverName }} without an object store to look in; want bootstrap.recovery.objectStore, or backups.enabled, whose store is taken otherwise; set one
{{- end -}}
{{- with .recovery.volumeSnapshots -}}
{{- if and .walStorage (not $.Values.walStorage.enabled) }}
bootstrap.recovery.volumeSnapshots.walStorage is set and walStorage.enabled is false; want a volume for that snapshot; set walStorage.enabled to true
{{- end -}}
{{- range $volume := list "storage" "walStorage" -}}
{{- with get $.Values.bootstrap.recovery.volumeSnapshots $volume -}}
{{- if not (or (and (eq .kind "VolumeSnapshot") (eq (.apiGroup | default "") "snapshot.storage.k8s.io")) (and (eq .kind "PersistentVolumeClaim") (not .apiGroup))) }}
bootstrap.recovery.volumeSnapshots.{{ $volume }} is of kind {{ quote .kind }} and apiGroup {{ .apiGroup | default "" | quote }}; want VolumeSnapshot of snapshot.storage.k8s.io, or PersistentVolumeClaim without apiGroup; correct it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- else if .recovery.target }}
bootstrap.recovery.target is set and bootstrap.method is {{ quote .method }}; want "recovery"; set bootstrap.method, or remove the target
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* One target, that PostgreSQL can read, with a log to reach it. */ -}}
{{- define "postgres.validate.target" -}}
{{- $recovery := .Values.bootstrap.recovery -}}
{{- with $recovery.target -}}
{{- $target := . -}}
{{- $kinds := list -}}
{{- range $kind := list "targetTime" "targetLSN" "targetXID" "targetName" "targetImmediate" }}{{ if hasKey $target $kind }}{{ $kinds = append $kinds $kind }}{{ end }}{{ end -}}
{{- if gt (len $kinds) 1 }}
bootstrap.recovery.target has {{ join " and " $kinds }}; want one moment; remove the others
{{- end -}}
{{- if and $kinds (not (or $recovery.serverName $recovery.source)) }}
bootstrap.recovery.target has {{ first $kinds }} without bootstrap.recovery.serverName or bootstrap.recovery.source, so there is no archived log to reach it; want the archive of the old cluster's WAL archiver; set one, or remove the target
{{- end -}}
{{- with .targetTime -}}
{{- if not (regexMatch "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?[+-][0-9]{2}(:?[0-9]{2})?$" .) }}
bootstrap.recovery.target.targetTime is {{ quote . }}; want seconds and a numeric offset such as +00 at the end, since PostgreSQL refuses Z and takes a time without offset as its own zone's; write the offset
{{- end -}}
{{- end -}}
{{- with .targetLSN -}}
{{- if not (regexMatch "^[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}$" .) }}
bootstrap.recovery.target.targetLSN is {{ quote . }}; want two hexadecimal numbers, such as "0/3000060"; correct it
{{- end -}}
{{- end -}}
{{- if and .backupID $recovery.volumeSnapshots }}
bootstrap.recovery.target.backupID is set beside bootstrap.recovery.volumeSnapshots, which say already where to start; want one start; remove backupID
{{- end -}}
{{- range $kind := without $kinds "targetTime" "targetLSN" -}}
{{- if and (not $target.backupID) (not $recovery.volumeSnapshots) }}
bootstrap.recovery.target.{{ $kind }} says nothing of when, so the operator cannot choose a base backup; want bootstrap.recovery.target.backupID; set it to one of `kubectl get backup`
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* No cluster archives where another one did: the archiver would refuse, or worse, not notice. */ -}}
{{- define "postgres.validate.archivePath" -}}
{{- $backups := .Values.backups -}}
{{- $path := (include "postgres.ownStore" . | fromJson).destinationPath | default "" | trimSuffix "/" -}}
{{- with .Values.bootstrap -}}
{{- if and (eq .method "recovery") (include "postgres.archives" $) .recovery.serverName -}}
{{- $from := dig "objectStore" "destinationPath" $path .recovery | trimSuffix "/" -}}
{{- $own := (include "postgres.clusters" $ | fromJsonArray | first).server -}}
{{- if and (eq $from $path) (has .recovery.serverName (list $own ($backups.serverName | default (include "postgres.name" $)))) }}
bootstrap.recovery.serverName is {{ quote .recovery.serverName }}, where this cluster archives itself, in {{ $from }}; want a path for each cluster; set backups.serverName to another name
{{- end -}}
{{- end -}}
{{- end -}}
{{- if include "postgres.archives" . -}}
{{- $own := (include "postgres.clusters" . | fromJsonArray | first).server -}}
{{- range $index, $external := .Values.externalClusters -}}
{{- with $external.barmanObjectStore -}}
{{- if and (eq (trimSuffix "/" .destinationPath) $path) (eq (.serverName | default $external.name) $own) }}
externalClusters[{{ $index }}].barmanObjectStore is {{ $path }} as {{ quote $own }}, where this cluster archives itself; want a path for each cluster; set backups.serverName to another name
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $paths := dict -}}
{{- if .Values.regions.self -}}
{{- range $region, $member := .Values.regions.members -}}
{{- $theirs := eq $region $.Values.regions.self | ternary $path (dig "objectStore" "destinationPath" "" $member | trimSuffix "/") -}}
{{- with get $paths $theirs }}
regions.members.{{ $region }} and regions.members.{{ . }} archive to {{ $theirs }}; want a bucket in each region, or the loss of one takes both; give one another path
{{- end -}}
{{- if $theirs }}{{ $_ := set $paths $theirs $region }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A replica has the data of what it follows, to its end, and is promoted by its own value. */ -}}
{{- define "postgres.validate.replica" -}}
{{- $bootstrap := .Values.bootstrap -}}
{{- $known := list -}}
{{- range .Values.externalClusters }}{{ $known = append $known .name }}{{ end -}}
{{- with .Values.replica -}}
{{- if .source -}}
{{- if $.Values.regions.self }}
replica.source is {{ quote .source }} and regions.self {{ quote $.Values.regions.self }}, and a cluster follows in one way; want regions for one database in several, replica for a copy; remove one
{{- end -}}
{{- if and .enabled (eq $bootstrap.method "initdb") }}
replica.source is {{ quote .source }} and bootstrap.method "initdb", which makes a database of its own; want the data of what it follows; set bootstrap.method to "baseBackup" or "recovery"
{{- end -}}
{{- if and (eq .source "origin") (not (has "origin" $known)) (not (and (eq $bootstrap.method "recovery") $bootstrap.recovery.serverName)) }}
replica.source is "origin", the archive of bootstrap.recovery.serverName, which is not set; want it, or one of externalClusters; set bootstrap.recovery.serverName, or name another
{{- end -}}
{{- if and .enabled $bootstrap.recovery.target }}
replica.source is {{ quote .source }} beside bootstrap.recovery.target, and a replica goes on to the end of the log; want no target; remove it, or replica.source
{{- end -}}
{{- else -}}
{{- $inVain := list -}}
{{- if not .enabled }}{{ $inVain = append $inVain "replica.enabled" }}{{ end -}}
{{- if .minApplyDelay }}{{ $inVain = append $inVain "replica.minApplyDelay" }}{{ end -}}
{{- with $inVain }}
{{ join " and " . }} {{ len . | eq 1 | ternary "is" "are" }} set and replica.source is not, so nothing is followed; want whom to follow; set replica.source, or remove {{ join " and " . }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
