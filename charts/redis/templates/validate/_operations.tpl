{{- /* A backup has somewhere to go, and something to keep. */ -}}
{{- define "redis.validate.backup" -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
{{- if .Values.backup.enabled -}}
{{- if eq $plan.persistence "none" }}
backup.enabled is true and nothing is kept even over a restart (persistence none, use {{ .Values.use }}); want backups of what is worth keeping; set backup.enabled to false, or persistence.preset to rdb
{{- end -}}
{{- end -}}
{{- if or .Values.backup.enabled .Values.restore.from -}}
{{- $why := .Values.backup.enabled | ternary "backup.enabled is true" "restore.from is set" -}}
{{- if not .Values.backup.bucket }}
backup.bucket is empty, and {{ $why }}; want to know where backups are; set backup.bucket
{{- end -}}
{{- if not (or .Values.backup.secretName .Values.backup.remote) }}
backup.secretName and backup.remote are empty, and {{ $why }}; want to know how to reach the object storage; set backup.secretName, or backup.remote and the role of the pods in serviceAccount.annotations
{{- end -}}
{{- end -}}
{{- if and (or .Values.backup.enabled .Values.restore.from) (not .Values.network.egress) }}
network.egress is empty, and {{ .Values.backup.enabled | ternary "backup.enabled is true" "restore.from is set" }}: where network policies are enforced, no object storage can be reached; want that flow; add it to network.egress
{{- end -}}
{{- if and .Values.backup.enabled (ne (len (regexSplit " +" (trim .Values.backup.schedule) -1)) 5) (not (hasPrefix "@" .Values.backup.schedule)) }}
backup.schedule is {{ quote .Values.backup.schedule }}; want the five fields of cron (minute, hour, day, month, weekday); correct it
{{- end -}}
{{- end -}}

{{- /* A restore finds a volume to fill, and a server that takes it. */ -}}
{{- define "redis.validate.restore" -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
{{- if .Values.restore.from -}}
{{- if eq .Values.mode "cluster" }}
restore.from is set and mode is cluster: the operator forms a cluster of empty servers alone; want an empty cluster, filled afterwards; remove restore.from and follow RUNBOOKS.md (restore a cluster)
{{- end -}}
{{- if eq $plan.persistence "none" }}
restore.from is set and persistence is none: the servers have no volume to restore to; want rdb, aof or aofAlways; set persistence.preset
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What is scraped is there, and a scrape ends before the next begins. */ -}}
{{- define "redis.validate.monitoring" -}}
{{- range $name := list "podMonitor" "prometheusRule" -}}
{{- if and (get $.Values $name).enabled (not $.Values.exporter.enabled) }}
{{ $name }}.enabled is true and exporter.enabled is false, so there are no metrics; want the exporter; set exporter.enabled to true
{{- end -}}
{{- end -}}
{{- with .Values.podMonitor -}}
{{- if and .enabled (gt (include "common.milliseconds" .scrapeTimeout | int64) (include "common.milliseconds" .interval | int64)) }}
podMonitor.scrapeTimeout is {{ .scrapeTimeout }} and podMonitor.interval is {{ .interval }}; want the timeout not above the interval; lower podMonitor.scrapeTimeout
{{- end -}}
{{- end -}}
{{- end -}}
