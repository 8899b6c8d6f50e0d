{{- /* Production takes nothing weaker. */ -}}
{{- define "vault.validate.production" -}}
{{- if eq .Values.tier "production" -}}
{{- if eq (.Values.seal.type | default "") "static" }}
seal.type is static and tier is production: whoever reads Secrets of this namespace, or a backup of etcd, unseals every secret; want a key that does not leave its module; set seal.type to awskms, gcpckms, azurekeyvault or transit
{{- end -}}
{{- if eq (int .Values.replicas) 1 }}
replicas is 1 and tier is production: nothing can be read while one node is gone; want a majority that stays; set replicas to 3
{{- end -}}
{{- if not .Values.storage.className }}
storage.className is empty and tier is production: the cluster's default class may change; want a class by name; set storage.className
{{- end -}}
{{- end -}}
{{- end -}}
