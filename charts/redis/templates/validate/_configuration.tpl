{{- /*
A directive has one source: the chart's values, or the operator. Those that Redis reads at its start alone cannot be set
on running servers: the operator would stop at the error, and no Service would follow a failover any more.
*/ -}}
{{- define "redis.validate.configuration" -}}
{{- $owners := dict
      "maxmemory" "memory.percentOfLimit or memory.max" "maxmemory-policy" "memory.policy"
      "save" "persistence.preset" "appendonly" "persistence.preset" "appendfsync" "persistence.preset"
      "appendfilename" "persistence.preset" "appenddirname" "persistence.preset" "dbfilename" "persistence.preset"
      "min-replicas-to-write" "persistence.minReplicasToWrite" "min-slaves-to-write" "persistence.minReplicasToWrite"
      "min-replicas-max-lag" "persistence.minReplicasToWrite" "min-slaves-max-lag" "persistence.minReplicasToWrite"
      "requirepass" "auth" "masterauth" "auth" "masteruser" "auth" "user" "acl.users" "aclfile" "acl" "dir" "storage" -}}
{{- $operator := list "port" "bind" "protected-mode" "include" "loadmodule" "daemonize" "supervised" "pidfile" "unixsocket" "rename-command" "replicaof" "slaveof" "replica-announce-ip" "replica-announce-port" "slave-announce-ip" "slave-announce-port" "logfile" "enable-debug-command" "enable-module-command" "enable-protected-configs" -}}
{{- $atStart := list "always-show-logo" "databases" "disable-thp" "io-threads" "io-threads-do-reads" "rdbchecksum" "set-proc-title" "socket-mark-id" "syslog-enabled" "syslog-facility" "syslog-ident" "tcp-backlog" "unixsocketperm" -}}
{{- $withoutReplicas := dict "replica-read-only" "no" "slave-read-only" "no" "replica-priority" "0" "slave-priority" "0" -}}
{{- range $at, $directives := dict "config" .Values.config "dynamicConfig" .Values.dynamicConfig -}}
{{- range $name, $value := $directives -}}
{{- if hasKey $owners $name }}
{{ $at }}.{{ $name }} is set, and {{ get $owners $name }} decides it; want it once; remove {{ $at }}.{{ $name }} and use {{ get $owners $name }}
{{- else if hasPrefix "tls-" $name }}
{{ $at }}.{{ $name }} is set, and tls decides it; want it once; remove {{ $at }}.{{ $name }} and use tls
{{- else if or (has $name $operator) (hasPrefix "cluster-" $name) }}
{{ $at }}.{{ $name }} is set, which the operator decides; want the operator's value, or the members lose one another; remove {{ $at }}.{{ $name }}
{{- else if eq $value (get $withoutReplicas $name) }}
{{ $at }}.{{ $name }} is {{ $value }}: {{ hasSuffix "priority" $name | ternary "no replica would ever be promoted" "what a replica is told is lost at its next copy" }}; want replicas that can take a master's place; remove {{ $at }}.{{ $name }}
{{- else if and (eq $at "dynamicConfig") (has $name $atStart) }}
dynamicConfig.{{ $name }} is set, which Redis reads at its start alone; want it in the configuration file; move it to config
{{- else if and (eq $at "dynamicConfig") (hasKey $.Values.config $name) }}
dynamicConfig.{{ $name }} is set in config too; want one place; remove config.{{ $name }} or dynamicConfig.{{ $name }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* No request is above its limit. */ -}}
{{- define "redis.validate.resources" -}}
{{- include "common.requestsAboveLimits" (dict "resources" .Values.resources "sentinel.resources" .Values.sentinel.resources "exporter.resources" .Values.exporter.resources "backup.resources" .Values.backup.resources) -}}
{{- end -}}
