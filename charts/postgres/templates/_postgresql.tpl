{{- /*
postgres.postgresql: the server's configuration: parameters, access, synchronous replication. Call: include "postgres.postgresql" $
*/ -}}
{{- define "postgres.postgresql" -}}
parameters: {{- include "postgres.parameters" . | fromJson | toYaml | nindent 2 }}
{{- with include "postgres.preload" . | fromJsonArray }}
shared_preload_libraries: {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .Values.alterSystem }}
enableAlterSystem: true
{{- end }}
pg_hba: {{- include "postgres.rules" . | nindent 2 }}
{{- with .Values.access.maps }}
pg_ident: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.access.ldap }}
ldap: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.extensionImages }}
extensions: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.synchronous }}
{{- if and .enabled .otherZone }}
syncReplicaElectionConstraint:
  enabled: true
  nodeLabelsAntiAffinity: [topology.kubernetes.io/zone]
{{- else if .enabled }}
synchronous:
  method: {{ .method }}
  number: {{ int .number }}
  dataDurability: {{ .dataDurability }}
  failoverQuorum: {{ .failoverQuorum }}
  {{- with .standbysBefore }}
  standbyNamesPre: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .standbysAfter }}
  standbyNamesPost: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
postgres.backup: what the Cluster itself says of backups; the object store is the plugin's. Call: include "postgres.backup" $
*/ -}}
{{- define "postgres.backup" -}}
{{- with .Values.backups }}
{{- if .enabled }}
target: {{ .target }}
{{- with .volumeSnapshot }}
volumeSnapshot: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
postgres.certificates: the servers' certificate, cert-manager's or the operator's with more names; and that of the
standbys, with the authority of clients. Call: include "postgres.certificates" (dict "root" $ "cluster" "accounts-db")
*/ -}}
{{- define "postgres.certificates" -}}
{{- $own := .root.Values.certificates.secrets -}}
{{- if .root.Values.certificates.issuerRef }}
serverTLSSecret: {{ .cluster }}-server-tls
serverCASecret: {{ include "postgres.authoritySecret" . | quote }}
{{- else if $own.serverTLS }}
serverTLSSecret: {{ $own.serverTLS | quote }}
serverCASecret: {{ $own.serverCA | quote }}
{{- else }}
{{- with $own.serverCA }}
serverCASecret: {{ . | quote }}
{{- end }}
{{- with include "postgres.extraNames" . | fromJsonArray }}
serverAltDNSNames: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- if .root.Values.certificates.clientIssuerRef }}
replicationTLSSecret: {{ .cluster }}-client-tls
clientCASecret: {{ .cluster }}-client-tls
{{- else }}
{{- with $own.replicationTLS }}
replicationTLSSecret: {{ . | quote }}
{{- end }}
{{- with $own.clientCA }}
clientCASecret: {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}
