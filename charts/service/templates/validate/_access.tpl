{{- /* One way in from outside, with somewhere to come from and somewhere to go. */ -}}
{{- define "service.validate.edge" -}}
{{- if and .Values.ingress.enabled .Values.httpRoute.enabled }}
ingress.enabled and httpRoute.enabled are both true; want one way in; turn ingress.enabled off unless the cluster has no Gateway API
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
httpRoute.enabled is true and httpRoute.parentRefs is empty; want the gateway that carries the route; set httpRoute.parentRefs
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) }}
ingress.enabled is true and ingress.hosts is empty; want at least one host; set ingress.hosts
{{- end -}}
{{- range $key := list "httpRoute" "ingress" "serviceMonitor" -}}
{{- if not (get $.Values $key).enabled -}}
{{- else if include "service.isBatch" $ }}
{{ $key }}.enabled is true and workload.type is {{ $.Values.workload.type }}, whose pods nothing calls; want no way to them; set {{ $key }}.enabled to false
{{- else if not $.Values.service.enabled }}
{{ $key }}.enabled is true and service.enabled is false, so there is nothing to point at; want both; set service.enabled to true, or {{ $key }}.enabled to false
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The objects have a name that a Service can have, and the pods an identity of their own. */ -}}
{{- define "service.validate.identity" -}}
{{- $name := include "service.name" . -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) }}
the name of the objects is {{ quote $name }}; want it to begin with a letter and to hold letters, digits and "-" alone, as the name of a Service must; set fullnameOverride
{{- end -}}
{{- with .Values.serviceAccount -}}
{{- if and (not .create) (not .name) }}
serviceAccount.create is false and serviceAccount.name is empty; want the name of an account that exists; set serviceAccount.name
{{- end -}}
{{- if eq (.name | default "") "default" }}
serviceAccount.name is "default", which every pod of the namespace may share; want an account of its own; choose another name, or leave it out
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A scrape ends before the next one starts. */ -}}
{{- define "service.validate.monitoring" -}}
{{- with .Values.serviceMonitor -}}
{{- if .enabled -}}
{{- if gt (include "common.milliseconds" .scrapeTimeout | int64) (include "common.milliseconds" .interval | int64) }}
serviceMonitor.scrapeTimeout is {{ .scrapeTimeout }} and serviceMonitor.interval is {{ .interval }}; want the timeout not above the interval; lower serviceMonitor.scrapeTimeout
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The test's image is as exact as the service's. */ -}}
{{- define "service.validate.tests" -}}
{{- if .Values.tests.enabled -}}
{{- include "common.image.problem" (dict "image" .Values.tests.image "at" "tests.image") -}}
{{- end -}}
{{- end -}}
