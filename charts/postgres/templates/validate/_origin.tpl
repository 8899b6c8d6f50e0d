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
{{- with dig "import" "source" "externalCluster" "" .initdb }}{{ $_ := set $wanted "bootstrap.initdb.import.source.externalCluster" . }}{{ end -}}
{{- end -}}
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
{{- if not (or .recovery.serverName .recovery.volumeSnapshots) }}
bootstrap.method is "recovery" without bootstrap.recovery.serverName and bootstrap.recovery.volumeSnapshots; want what to recover; set serverName to the name under which the old cluster archived
{{- end -}}
{{- if and .recovery.serverName (not .recovery.objectStore) (not $.Values.backups.enabled) }}
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
{{- if and $kinds (not $recovery.serverName) }}
bootstrap.recovery.target has {{ first $kinds }} without bootstrap.recovery.serverName, so there is no archived log to reach it; want the archive of the old cluster's WAL archiver; set bootstrap.recovery.serverName, or remove the target
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
{{- if and (eq .method "recovery") $backups.enabled .recovery.serverName -}}
{{- $from := dig "objectStore" "destinationPath" $path .recovery | trimSuffix "/" -}}
{{- $own := (include "postgres.clusters" $ | fromJsonArray | first).server -}}
{{- if and (eq $from $path) (has .recovery.serverName (list $own ($backups.serverName | default (include "postgres.name" $)))) }}
bootstrap.recovery.serverName is {{ quote .recovery.serverName }}, where this cluster archives itself, in {{ $from }}; want a path for each cluster; set backups.serverName to another name
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

{{- /* Every region is known, and this one can become the primary. */ -}}
{{- define "postgres.validate.regions" -}}
{{- $backups := .Values.backups.enabled -}}
{{- with .Values.regions -}}
{{- $members := keys .members | sortAlpha -}}
{{- if .self -}}
{{- if lt (len $members) 2 }}
regions.self is {{ quote .self }} and regions.members has {{ len $members }}; want two regions or more, this one among them; add them, or remove regions.self
{{- end -}}
{{- range $key := list "self" "primary" -}}
{{- $region := get $.Values.regions $key | default "" -}}
{{- if not (has $region $members) }}
regions.{{ $key }} is {{ quote $region }}; want one of regions.members{{ with $members }} ({{ join ", " . }}){{ end }}; set regions.{{ $key }}
{{- end -}}
{{- end -}}
{{- range $region, $member := .members -}}
{{- if and (ne $region $.Values.regions.self) (not $member.objectStore) }}
regions.members.{{ $region }}.objectStore is not set; want where that region archives, or nothing can be followed or restored from there; set it
{{- end -}}
{{- end -}}
{{- if not $backups }}
regions.self is {{ quote .self }} and backups.enabled is false, so the other regions have nothing to follow; want an archive in each; set backups.enabled to true
{{- end -}}
{{- else if or .primary .members }}
regions.members or regions.primary is set and regions.self is not; want this region's name; set regions.self
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A token belongs to the region that is promoted, which follows without delay. */ -}}
{{- define "postgres.validate.promotion" -}}
{{- with .Values.regions -}}
{{- if .promotionToken -}}
{{- if include "postgres.isStandby" $ }}
regions.promotionToken is set and regions.primary is {{ quote .primary }}, not this region; want the token where the new primary is; remove it here
{{- end -}}
{{- $token := regexMatch "^[A-Za-z0-9+/]+=*$" .promotionToken | ternary (b64dec .promotionToken) "" | fromJson -}}
{{- range $field := list "latestCheckpointTimelineID" "redoWalFile" "databaseSystemIdentifier" "latestCheckpointREDOLocation" "timeOfLatestCheckpoint" "operatorVersion" -}}
{{- if not (get $token $field) }}{{ $_ := set $token "missing" true }}{{ end -}}
{{- end -}}
{{- if $token.missing }}
regions.promotionToken is no demotion token; want .status.demotionToken of the old primary, all of it; copy it again
{{- end -}}
{{- if .minApplyDelay }}
regions.promotionToken and regions.minApplyDelay are both set; want no delay on the way to the token's last transaction; remove regions.minApplyDelay
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
