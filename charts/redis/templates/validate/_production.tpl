{{- /* Production takes nothing weaker. */ -}}
{{- define "redis.validate.production" -}}
{{- if eq .Values.tier "production" -}}
{{- if not .Values.tls.enabled }}
tls.enabled is false and tier is production: passwords and customers' data would cross the network in plaintext; want TLS; set tls.enabled to true
{{- end -}}
{{- if not .Values.auth.enabled }}
auth.enabled is false and tier is production: whoever reaches the port reads everything; want a password; set auth.enabled to true
{{- end -}}
{{- if not .Values.operator.configurationInInitContainer }}
operator.configurationInInitContainer is false and tier is production: the servers' root file system would be writable; want it read-only; switch the operator's feature gate GenerateConfigInInitContainer on and remove the value
{{- end -}}
{{- if eq .Values.mode "standalone" }}
mode is standalone and tier is production: one pod is lost with its node; want copies; set mode to sentinel or cluster
{{- else if and (eq .Values.mode "replication") (eq .Values.use "session") }}
mode is replication, use is session and tier is production: nothing promotes a replica when the master's node is gone, and nobody could log in; want a failover; set mode to sentinel or cluster
{{- end -}}
{{- if and (eq .Values.mode "cluster") (eq (int .Values.cluster.followersPerLeader) 0) }}
cluster.followersPerLeader is 0 and tier is production: each lost leader takes its keys along; want 1 or more; set cluster.followersPerLeader to 1
{{- end -}}
{{- $plan := include "redis.plan" . | fromYaml -}}
{{- if and (not .Values.storage.className) (or (ne $plan.persistence "none") (eq .Values.mode "cluster")) }}
storage.className is empty and tier is production: the cluster's default class may keep data unencrypted, and change; want a class by name for every volume; set storage.className
{{- end -}}
{{- if not .Values.pdb.enabled }}
pdb.enabled is false and tier is production: a drain may stop all servers at once; want a budget; set pdb.enabled to true
{{- end -}}
{{- end -}}
{{- end -}}
