{{- /* Production survives the loss of a zone while another is down for work. */ -}}
{{- define "postgres.validate.instances" -}}
{{- if and (include "postgres.isProduction" .) (lt (int .Values.instances) 3) }}
instances is {{ int .Values.instances }}; production wants 3 or more, so that a failure leaves a standby; raise instances, or set tier
{{- end -}}
{{- end -}}

{{- /* A standby for every transaction to wait for, and a quorum only over synchronous standbys. */ -}}
{{- define "postgres.validate.synchronous" -}}
{{- $instances := int .Values.instances -}}
{{- with .Values.synchronous -}}
{{- if and .enabled (ge (int .number) $instances) }}
synchronous.number is {{ int .number }} and instances {{ $instances }}, so no write could ever be confirmed; want fewer standbys than instances; {{ gt $instances 1 | ternary (printf "lower synchronous.number to %d, or raise instances" (sub $instances 1)) "raise instances, or set synchronous.enabled and synchronous.failoverQuorum to false" }}
{{- end -}}
{{- if and .failoverQuorum (not .enabled) }}
synchronous.failoverQuorum is true and synchronous.enabled is false; want synchronous standbys for a quorum to count; set synchronous.enabled to true, or synchronous.failoverQuorum to false
{{- end -}}
{{- if .otherZone -}}
{{- $wrong := list -}}
{{- if not .enabled }}{{ $wrong = append $wrong "synchronous.enabled false" }}{{ end -}}
{{- if ne .method "any" }}{{ $wrong = printf "synchronous.method %q" .method | append $wrong }}{{ end -}}
{{- if ne .dataDurability "preferred" }}{{ $wrong = printf "synchronous.dataDurability %q" .dataDurability | append $wrong }}{{ end -}}
{{- if .failoverQuorum }}{{ $wrong = append $wrong "synchronous.failoverQuorum true" }}{{ end -}}
{{- with $wrong }}
synchronous.otherZone is true beside {{ join ", " . }}, and the operator knows zones only where it waits for any standbys and for fewer when they are gone; want method "any", dataDurability "preferred" and no failoverQuorum; set them, or remove otherZone: with topologySpread.zone "DoNotSchedule" and as many zones as instances every standby is in another zone
{{- end -}}
{{- end -}}
{{- if include "postgres.isProduction" $ -}}
{{- if not .enabled }}
synchronous.enabled is false, so a failover loses what the standbys do not have yet; production wants true; set synchronous.enabled to true, or set tier
{{- else if eq .dataDurability "preferred" }}
synchronous.dataDurability is "preferred", which confirms writes that only one server has; production wants "required"; set it, or set tier
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Volumes of a size, and in production of a class that somebody chose for its encryption. */ -}}
{{- define "postgres.validate.storage" -}}
{{- $volumes := dict "storage" .Values.storage -}}
{{- if .Values.walStorage.enabled }}{{ $_ := set $volumes "walStorage" .Values.walStorage }}{{ end -}}
{{- range $key, $volume := $volumes -}}
{{- if not (regexMatch "^[1-9][0-9]*(Mi|Gi|Ti|Pi)$" $volume.size) }}
{{ $key }}.size is {{ quote $volume.size }}; want a whole number of Mi, Gi, Ti or Pi, so that nobody takes 10G for 10Gi; set {{ $key }}.size
{{- end -}}
{{- end -}}
{{- if and (include "postgres.isProduction" .) (not .Values.storage.storageClass) }}
storage.storageClass is not set; production wants the class by name, one that encrypts, since the cluster's default may be any; set storage.storageClass, or set tier
{{- end -}}
{{- end -}}

{{- /* Requests fit in limits, and shared buffers in the memory that is asked for. */ -}}
{{- define "postgres.validate.resources" -}}
{{- $requests := .Values.resources.requests | default dict -}}
{{- $limits := .Values.resources.limits | default dict -}}
{{- range $resource, $unit := dict "cpu" "common.millicores" "memory" "common.bytes" -}}
{{- $request := get $requests $resource | toString -}}
{{- $limit := get $limits $resource | toString -}}
{{- if and $request $limit -}}
{{- if gt (include $unit $request | int64) (include $unit $limit | int64) }}
resources.requests.{{ $resource }} is {{ $request }} and resources.limits.{{ $resource }} {{ $limit }}; want the request not above the limit; raise the limit or lower the request
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (ne .Values.tuning.preset "none") (not (or $requests.memory $limits.memory)) }}
tuning.preset is {{ .Values.tuning.preset | quote }} and resources.requests.memory is not set; want the memory that buffers are sized from; set resources.requests.memory, or tuning.preset to "none"
{{- end -}}
{{- $buffers := include "postgres.bytes" (.Values.parameters.shared_buffers | default "0") | int64 -}}
{{- with $requests.memory -}}
{{- if gt $buffers (include "common.bytes" . | int64) }}
parameters.shared_buffers is {{ $.Values.parameters.shared_buffers }} and resources.requests.memory {{ . }}; want the buffers within the memory; lower the one or raise the other
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The log fits its volume, and its sizes can be read: the operator takes no bare number and no "M". */ -}}
{{- define "postgres.validate.walSize" -}}
{{- $sizes := dict -}}
{{- range $name := list "shared_buffers" "min_wal_size" "max_wal_size" -}}
{{- with get $.Values.parameters $name -}}
{{- if not (regexMatch "^[1-9][0-9]* ?(kB|MB|GB|TB)$" .) }}
parameters.{{ $name }} is {{ quote . }}; want a number with kB, MB, GB or TB, as the operator reads it; correct it
{{- end -}}
{{- end -}}
{{- $_ := set $sizes $name (include "postgres.bytes" (get (include "postgres.parameters" $ | fromJson) $name | default "0") | int64) -}}
{{- end -}}
{{- if and $sizes.min_wal_size $sizes.max_wal_size (ge $sizes.min_wal_size $sizes.max_wal_size) }}
min_wal_size would be {{ div $sizes.min_wal_size 1048576 }}MB and max_wal_size {{ div $sizes.max_wal_size 1048576 }}MB; want the least below the most; change parameters.min_wal_size or parameters.max_wal_size
{{- end -}}
{{- if and .Values.walStorage.enabled (regexMatch "^[1-9][0-9]*(Mi|Gi|Ti|Pi)$" .Values.walStorage.size) -}}
{{- $volume := include "common.bytes" .Values.walStorage.size | int64 -}}
{{- range $name := list "max_wal_size" "min_wal_size" "max_slot_wal_keep_size" -}}
{{- $size := get $.Values.parameters $name -}}
{{- if ge (include "postgres.bytes" ($size | default "0") | int64) $volume }}
parameters.{{ $name }} is {{ $size }} and walStorage.size {{ $.Values.walStorage.size }}; want less than the volume, or the log fills it and writes stop; lower parameters.{{ $name }} or raise walStorage.size
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
postgres.bytes: a size as PostgreSQL writes it ("512MB") as a number of bytes; 0 for what is none. The operator reads a
bare number as megabytes, too. Call: include "postgres.bytes" "512MB" | int64
*/ -}}
{{- define "postgres.bytes" -}}
{{- $number := regexFind "^[0-9]+" . | default "0" -}}
{{- $unit := regexReplaceAll "^[0-9]+ *" . "" | default "MB" -}}
{{- mul (int64 $number) (get (dict "B" 1 "kB" 1024 "MB" 1048576 "GB" 1073741824 "TB" 1099511627776) $unit | default 0) -}}
{{- end -}}
