{{- /*
postgres.storage: a volume's part of the Cluster, without what is not set. Call: include "postgres.storage" .Values.storage
*/ -}}
{{- define "postgres.storage" -}}
size: {{ .size | quote }}
{{- with .storageClass }}
storageClass: {{ . | quote }}
{{- end }}
resizeInUseVolumes: {{ .resizeInUseVolumes }}
{{- with .pvcTemplate }}
pvcTemplate: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
postgres.imageOf: what the cluster runs: an image, or a major version of the catalogue. Call: include "postgres.imageOf" $
*/ -}}
{{- define "postgres.imageOf" -}}
{{- $ref := .Values.imageCatalog.ref -}}
{{- if or .Values.imageCatalog.enabled $ref.name -}}
imageCatalogRef:
  apiGroup: postgresql.cnpg.io
  kind: {{ $ref.kind }}
  name: {{ $ref.name | default (include "postgres.name" .) | quote }}
  major: {{ include "postgres.major" . }}
{{- else -}}
imageName: {{ include "postgres.image" .Values.image | quote }}
{{- end -}}
{{- end -}}

{{- /*
postgres.rules: the lines of pg_hba.conf: plaintext is refused first; then `access.rules`; then roles whose certificate
is all they have, in quotes, so that a role called `all` is that role alone; without LDAP, SCRAM over TLS comes last, before the operator's own rule, which asks for no TLS.
Call: include "postgres.rules" $ | fromYamlArray
*/ -}}
{{- define "postgres.rules" -}}
- hostnossl all all all reject
{{- with include "postgres.rotationRules" . }}
{{ . }}
{{- end }}
{{- with .Values.access.rules }}
{{ toYaml . }}
{{- end }}
{{- range $name, $role := .Values.roles }}
{{- if and (dig "clientCertificate" "enabled" false $role) (not $role.passwordSecret) }}
- {{ printf "hostssl all %q all cert" $name | squote }}
{{- end }}
{{- end }}
{{- if not .Values.access.ldap }}
- hostssl all all all scram-sha-256
{{- end }}
{{- end -}}

{{- /*
postgres.preload: libraries that the operator does not load by itself for the parameters it sees. Call: include "postgres.preload" $ | fromJsonArray
*/ -}}
{{- define "postgres.preload" -}}
{{- $partman := .Values.partitioning.enabled | ternary (list "pg_partman_bgw") list -}}
{{- concat .Values.preload $partman | uniq | toJson -}}
{{- end -}}

{{- /*
postgres.replicationSlots: `cluster.replicationSlots`, with the slots of change data capture on standbys too. Call: include "postgres.replicationSlots" $
*/ -}}
{{- define "postgres.replicationSlots" -}}
{{- $wanted := deepCopy .Values.cluster.replicationSlots -}}
{{- if .Values.changeDataCapture.enabled -}}
{{- $wanted = mergeOverwrite $wanted (dict "highAvailability" (dict "enabled" true "synchronizeLogicalDecoding" true)) -}}
{{- end -}}
{{- toYaml $wanted -}}
{{- end -}}

{{- /*
postgres.plugins: the archiver, and `cluster.plugins`. Call: include "postgres.plugins" (dict "root" $ "server" "accounts-db")
*/ -}}
{{- define "postgres.plugins" -}}
{{- if include "postgres.archives" .root }}
- name: barman-cloud.cloudnative-pg.io
  enabled: true
  isWALArchiver: true
  parameters:
    barmanObjectName: {{ include "postgres.name" .root | quote }}
    serverName: {{ .server | quote }}
{{- end }}
{{- with .root.Values.cluster.plugins }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /*
postgres.spread: how the instances of one cluster are spread over zones. The Job that fills an instance's volume has
this constraint too, and the volume binds it to the zone where the Job ran: a selector that leaves Jobs out lets one run
in a zone that is full, where its instance then waits for ever (CloudNativePG #10070). Both carry `cnpg.io/instanceName`
and poolers do not (pkg/specs/{jobs,pods}.go, pgbouncer/deployments.go of 1.30); a Job that has ended no longer counts.
Call: include "postgres.spread" (dict "root" $ "cluster" "accounts-db")
*/ -}}
{{- define "postgres.spread" -}}
{{- with .root.Values.topologySpread.zone }}
{{- if ne . "Disabled" }}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: {{ . }}
  labelSelector:
    matchLabels:
      cnpg.io/cluster: {{ $.cluster | quote }}
    matchExpressions:
      - { key: cnpg.io/instanceName, operator: Exists }
  nodeTaintsPolicy: Honor
{{- end }}
{{- end }}
{{- end -}}
