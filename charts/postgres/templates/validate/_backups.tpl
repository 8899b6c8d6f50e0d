{{- /* A place for backups, one way to log in there, and in production always. */ -}}
{{- define "postgres.validate.backups" -}}
{{- with .Values.backups -}}
{{- if and (not .enabled) (include "postgres.isProduction" $) }}
backups.enabled is false; production wants every transaction archived; set backups.enabled to true, or set tier
{{- end -}}
{{- if and .enabled (not .archive) (include "postgres.isProduction" $) }}
backups.archive is false, so there is no moment to go back to but that of a snapshot; production wants every transaction archived; set backups.archive to true, or set tier
{{- end -}}
{{- if and .enabled (not .archive) -}}
{{- $inVain := list -}}
{{- range $key := list "destinationPath" "serverName" "endpointURL" "endpointCA" "s3Credentials" "azureCredentials" "googleCredentials" "tags" -}}
{{- if get $.Values.backups $key }}{{ $inVain = printf "backups.%s" $key | append $inVain }}{{ end -}}
{{- end -}}
{{- with $inVain }}
{{ join " and " . }} {{ len . | eq 1 | ternary "is" "are" }} set and backups.archive is false, so nothing goes there; want an archive, or snapshots alone; set backups.archive to true, or remove {{ join " and " . }}
{{- end -}}
{{- end -}}
{{- if include "postgres.archives" $ -}}
{{- $store := include "postgres.ownStore" $ | fromJson -}}
{{- if not $store.destinationPath }}
backups.enabled is true and backups.destinationPath is not set; want where to, such as s3://bucket/path; set backups.destinationPath{{ include "postgres.isProduction" $ | empty | ternary ", or backups.enabled to false" "" }}
{{- end -}}
{{- $logins := list -}}
{{- range $key := list "s3Credentials" "azureCredentials" "googleCredentials" -}}
{{- if get $store $key }}{{ $logins = append $logins (printf "backups.%s" $key) }}{{ end -}}
{{- end -}}
{{- if ne (len $logins) 1 }}
{{ $logins | empty | ternary "no credentials of backups are set" (printf "%s are set" (join " and " $logins)) }}; want one of backups.s3Credentials, backups.azureCredentials and backups.googleCredentials; set one
{{- end -}}
{{- if and (hasPrefix "http:" ($store.endpointURL | default "")) (include "postgres.isProduction" $) }}
backups.endpointURL is {{ quote $store.endpointURL }}, which sends backups in plaintext; production wants https; change it, or set tier
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
Recovery reaches back as far as the tier asks. Five weeks in production: a month's end can be looked at after the next
one's books are closed, a quarter of PCI DSS 10.5.1's three months for logs, which live elsewhere.
*/ -}}
{{- define "postgres.validate.retention" -}}
{{- $least := get (dict "production" 35 "staging" 7 "development" 1) .Values.tier -}}
{{- with .Values.backups -}}
{{- $days := mul (regexFind "^[0-9]+" .retention | int) (get (dict "d" 1 "w" 7 "m" 30) (regexFind "[dwm]$" .retention)) -}}
{{- if and .enabled (lt $days $least) }}
backups.retention is {{ .retention }}; {{ $.Values.tier }} wants {{ $least }}d or more; raise backups.retention
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Six fields, seconds first: five would be read as other fields, or not at all. Snapshots need to know their class. */ -}}
{{- define "postgres.validate.schedules" -}}
{{- $archives := include "postgres.archives" . -}}
{{- $first := dict "schedule" .Values.backups.schedule -}}
{{- if and .Values.backups.enabled (not $archives) }}{{ $_ := set $first "method" "volumeSnapshot" }}{{ end -}}
{{- $all := dict "backups.schedule" $first -}}
{{- range $name, $schedule := .Values.backups.schedules }}{{ $_ := set $all (printf "backups.schedules.%s" $name) $schedule }}{{ end -}}
{{- range $key, $backup := $all -}}
{{- $at := eq $key "backups.schedule" | ternary $key (printf "%s.schedule" $key) -}}
{{- if not (regexMatch "^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9hms]+|(\\S+ +){5}\\S+)$" $backup.schedule) }}
{{ $at }} is {{ quote $backup.schedule }}, which has {{ regexFindAll "\\S+" $backup.schedule -1 | len }} fields; want six: second, minute, hour, day, month, weekday; {{ regexMatch "^(\\S+ +){4}\\S+$" $backup.schedule | ternary (printf "write \"0 %s\"" $backup.schedule) "correct it" }}
{{- end -}}
{{- range $field, $bad := include "postgres.badCronFields" $backup.schedule | fromJson }}
{{ $at }} is {{ quote $backup.schedule }}, whose {{ $field }} is {{ quote $bad.found }}; want {{ $bad.wanted }}; correct it
{{- end -}}
{{- if ne ($backup.method | default "plugin") "volumeSnapshot" -}}
{{- range $field := list "online" "onlineConfiguration" -}}
{{- if hasKey $backup $field }}
{{ $key }}.{{ $field }} is set, which only snapshots know; want it with method "volumeSnapshot"; set {{ $key }}.method, or remove it
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (eq ($backup.method | default "") "volumeSnapshot") (not $.Values.backups.volumeSnapshot) }}
{{ eq $key "backups.schedule" | ternary "backups.archive is false" (printf "%s.method is \"volumeSnapshot\"" $key) }} and backups.volumeSnapshot is not set; want the snapshot class; set backups.volumeSnapshot.className
{{- end -}}
{{- if and $.Values.backups.enabled (not $archives) (ne $key "backups.schedule") -}}
{{- if ne ($backup.method | default "plugin") "volumeSnapshot" }}
{{ $key }} writes to the object store and backups.archive is false; want method "volumeSnapshot", or an archive; set {{ $key }}.method, or backups.archive to true
{{- else if ne (toString $backup.online) "false" }}
{{ $key }}.online is not false and backups.archive is false, and a snapshot of a running server needs the log that was written meanwhile; want a server that is stopped for it; set {{ $key }}.online to false, or backups.archive to true
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.backups.schedules (not .Values.backups.enabled) }}
backups.schedules has {{ keys .Values.backups.schedules | sortAlpha | join ", " }} and backups.enabled is false, so none would be made; want backups; set backups.enabled to true, or remove them
{{- end -}}
{{- if hasKey .Values.backups.schedules "base" }}
backups.schedules.base has the name of backups.schedule's own; want another name; rename it
{{- end -}}
{{- end -}}

{{- /*
postgres.badCronFields: fields of a schedule with a number out of range, as JSON by name: the operator counts weekdays
from 0 (Sunday) to 6. Call: include "postgres.badCronFields" "0 0 1 * * 7" | fromJson
*/ -}}
{{- define "postgres.badCronFields" -}}
{{- $bad := dict -}}
{{- if regexMatch "^(\\S+ +){5}\\S+$" . -}}
{{- $fields := regexFindAll "\\S+" . -1 -}}
{{- range $index, $range := list (list "second" 0 59) (list "minute" 0 59) (list "hour" 0 23) (list "day" 1 31) (list "month" 1 12) (list "weekday" 0 6) -}}
{{- $field := index $fields $index -}}
{{- range $number := regexFindAll "[0-9]+" (regexReplaceAll "/[0-9]+" $field "") -1 -}}
{{- if or (lt (int $number) (index $range 1)) (gt (int $number) (index $range 2)) -}}
{{- $_ := set $bad (first $range) (dict "found" $field "wanted" (printf "%d to %d" (index $range 1) (index $range 2))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $bad -}}
{{- end -}}

{{- /* One archiver. Two would each believe that the other's files are theirs. */ -}}
{{- define "postgres.validate.archivers" -}}
{{- $archivers := include "postgres.archives" . | empty | ternary list (list "backups.enabled") -}}
{{- range $index, $plugin := .Values.cluster.plugins -}}
{{- if $plugin.isWALArchiver }}{{ $archivers = printf "cluster.plugins[%d] (%s)" $index $plugin.name | append $archivers }}{{ end -}}
{{- if eq $plugin.name "barman-cloud.cloudnative-pg.io" }}
cluster.plugins[{{ $index }}] is barman-cloud.cloudnative-pg.io, which backups sets up; want it once; remove it and use backups
{{- end -}}
{{- end -}}
{{- if gt (len $archivers) 1 }}
two archivers: {{ join " and " $archivers }}; want one, or a recovery finds half of the log in each; turn one off
{{- end -}}
{{- end -}}

{{- /* The plugin's container has the memory that its processes need, or it is killed while it restores. */ -}}
{{- define "postgres.validate.sidecar" -}}
{{- $needed := include "postgres.sidecarMemory" . | int64 -}}
{{- with dig "resources" "limits" "memory" "" .Values.backups.sidecar -}}
{{- if lt (include "common.bytes" . | int64) (mul $needed 1048576) }}
backups.sidecar.resources.limits.memory is {{ . }}; want {{ $needed }}Mi or more for backups.data.jobs {{ $.Values.backups.data.jobs | default 2 | int }} and backups.wal.maxParallel {{ $.Values.backups.wal.maxParallel | default 1 | int }}; raise it, or remove backups.sidecar.resources
{{- end -}}
{{- end -}}
{{- end -}}
