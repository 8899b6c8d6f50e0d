{{- /* Values that nothing would be made of, since what they are for is off. */ -}}
{{- define "postgres.validate.vain" -}}
{{- if and .Values.imageCatalog.images (not .Values.imageCatalog.enabled) (not .Values.imageCatalog.ref.name) }}
imageCatalog.images has {{ keys .Values.imageCatalog.images | sortAlpha | join ", " }} and imageCatalog.enabled is false, so there is no catalogue; want one; set imageCatalog.enabled to true, or remove them
{{- end -}}
{{- if and .Values.imageCatalog.components (not .Values.imageCatalog.enabled) }}
imageCatalog.components has {{ keys .Values.imageCatalog.components | sortAlpha | join ", " }} and imageCatalog.enabled is false, so there is no catalogue; want one; set imageCatalog.enabled to true, or remove them
{{- end -}}
{{- if and .Values.access.superuserSecret (not .Values.access.superuser) }}
access.superuserSecret is {{ quote .Values.access.superuserSecret.name }} and access.superuser is false, so no password is set; want the superuser let in; set access.superuser to true, or remove access.superuserSecret
{{- end -}}
{{- if and .Values.audit.role (not .Values.audit.enabled) }}
audit.role is {{ quote .Values.audit.role }} and audit.enabled is false, so nothing is audited; want the audit; set audit.enabled to true, or remove audit.role
{{- end -}}
{{- if and .Values.network.poolers (not .Values.poolers) }}
network.poolers has {{ include "postgres.flowNames" .Values.network.poolers }} and there are no poolers, so nothing is opened; want poolers, or flows to instances; add one to poolers, or move them to network.ingress
{{- end -}}
{{- if .Values.access.maps -}}
{{- if not (regexMatch "map=" (join " " .Values.access.rules)) }}
access.maps is set and no rule of access.rules names a map, so none is asked; want map=NAME in a rule; add it, or remove access.maps
{{- end -}}
{{- end -}}
{{- end -}}
