{{- /* One way in from outside, with somewhere to come from and somewhere to go. */ -}}
{{- define "service.validate.edge" -}}
{{- if and .Values.ingress.enabled .Values.httpRoute.enabled }}
ingress.enabled and httpRoute.enabled are both true; want one way in; turn ingress.enabled off unless the cluster has no Gateway API
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
httpRoute.enabled is true and httpRoute.parentRefs is empty; want the gateway that carries the route; set httpRoute.parentRefs
{{- end -}}
{{- if and .Values.grpcRoute.enabled (not .Values.grpcRoute.parentRefs) }}
grpcRoute.enabled is true and grpcRoute.parentRefs is empty; want the gateway that carries the route; set grpcRoute.parentRefs
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) }}
ingress.enabled is true and ingress.hosts is empty; want at least one host; set ingress.hosts
{{- end -}}
{{- range $key := list "httpRoute" "grpcRoute" "ingress" "serviceMonitor" -}}
{{- if not (get $.Values $key).enabled -}}
{{- else if include "service.isBatch" $ }}
{{ $key }}.enabled is true and workload.type is {{ $.Values.workload.type }}, whose pods nothing calls; want no way to them; set {{ $key }}.enabled to false
{{- else if not $.Values.service.enabled }}
{{ $key }}.enabled is true and service.enabled is false, so there is nothing to point at; want both; set service.enabled to true, or {{ $key }}.enabled to false
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What only a load balancer has is for a Service of that type, and a path leads to a port that is there. */ -}}
{{- define "service.validate.balancer" -}}
{{- range $key := list "loadBalancerClass" "loadBalancerSourceRanges" -}}
{{- if and (hasKey $.Values.service $key) (ne $.Values.service.type "LoadBalancer") }}
service.{{ $key }} is set and service.type is {{ $.Values.service.type }}, so nothing reads it; want both; set service.type to LoadBalancer, or remove service.{{ $key }}
{{- end -}}
{{- end -}}
{{- if and (hasKey .Values.service "externalTrafficPolicy") (eq .Values.service.type "ClusterIP") }}
service.externalTrafficPolicy is set and service.type is ClusterIP, so the API server refuses it; want both; set service.type to LoadBalancer, or remove service.externalTrafficPolicy
{{- end -}}
{{- $names := list "http" | concat (keys .Values.extraPorts) -}}
{{- if include "service.managementPort" . -}}
{{- $names = append $names "management" -}}
{{- end -}}
{{- range $host := .Values.ingress.hosts -}}
{{- range $index, $path := $host.paths -}}
{{- if kindIs "map" $path -}}
{{- if not (has ($path.port | default "http") $names) }}
ingress.hosts, {{ $host.host }}, paths[{{ $index }}].port is {{ quote $path.port }}, which no port has as its name; want one of {{ sortAlpha $names | join ", " }}; correct it
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
A gRPC route leads to a port that speaks gRPC, and has its host names for itself: gateways refuse a route of the other
kind on the same host (https://gateway-api.sigs.k8s.io/api-types/grpcroute/#cross-serving).
*/ -}}
{{- define "service.validate.grpc" -}}
{{- $route := .Values.grpcRoute -}}
{{- if $route.enabled -}}
{{- $at := eq $route.port "http" | ternary "service.appProtocol" (printf "extraPorts.%s.appProtocol" $route.port) -}}
{{- $protocol := eq $route.port "http" | ternary .Values.service.appProtocol (dig $route.port "appProtocol" "" .Values.extraPorts) -}}
{{- if not (include "service.portNumber" (dict "root" . "name" $route.port)) }}
grpcRoute.port is {{ quote $route.port }}, which no port has as its name; want "http" or one of extraPorts; add extraPorts.{{ $route.port }}, or correct grpcRoute.port
{{- else if not (has $protocol (list "grpc" "kubernetes.io/h2c")) }}
grpcRoute.port is {{ quote $route.port }} and {{ $at }} is {{ quote $protocol }}, which is not gRPC to gateways and meshes; want "grpc"; set {{ $at }} to grpc
{{- end -}}
{{- if .Values.httpRoute.enabled -}}
{{- $hosts := .Values.httpRoute.hostnames -}}
{{- if or (not $hosts) (not $route.hostnames) }}
httpRoute and grpcRoute are both enabled, and one of them takes every host; want host names that differ, since a host belongs to one kind of route; set httpRoute.hostnames and grpcRoute.hostnames
{{- end -}}
{{- range $host := $route.hostnames -}}
{{- if has $host $hosts }}
grpcRoute.hostnames and httpRoute.hostnames both have {{ quote $host }}; want host names that differ, since a host belongs to one kind of route; remove it from one of them
{{- end -}}
{{- end -}}
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

{{- /* Rights are few, spelt out, and given to pods that can use them. */ -}}
{{- define "service.validate.rbac" -}}
{{- range $at := list "rules" "clusterRules" -}}
{{- $rules := get $.Values.rbac $at -}}
{{- if and $rules (not $.Values.serviceAccount.automountToken) }}
rbac.{{ $at }} is set and serviceAccount.automountToken is false, so the pods could not use it; want both or neither; set serviceAccount.automountToken to true, or remove rbac.{{ $at }}
{{- end -}}
{{- range $index, $rule := $rules -}}
{{- range $key := list "apiGroups" "resources" "verbs" "nonResourceURLs" -}}
{{- if has "*" (get $rule $key | default list) }}
rbac.{{ $at }}[{{ $index }}].{{ $key }} has "*", which grants what nobody has thought of; want names; list what the service needs
{{- end -}}
{{- end -}}
{{- range $verb := list "escalate" "bind" "impersonate" -}}
{{- if has $verb ($rule.verbs | default list) }}
rbac.{{ $at }}[{{ $index }}].verbs has {{ quote $verb }}, by which the pods could take any right; want none of escalate, bind, impersonate; remove it
{{- end -}}
{{- end -}}
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

{{- /* Objectives are measured, and can be missed. */ -}}
{{- define "service.validate.objectives" -}}
{{- $rule := .Values.prometheusRule -}}
{{- if and $rule.enabled $rule.slo.enabled -}}
{{- if not .Values.serviceMonitor.enabled }}
prometheusRule.slo.enabled is true and serviceMonitor.enabled is false, so nothing is measured; want both; set serviceMonitor.enabled to true, or prometheusRule.slo.enabled to false
{{- end -}}
{{- range $name := list "availability" "latency" -}}
{{- $objective := (get $rule.slo $name).objective -}}
{{- if and $objective (lt (float64 $objective) 95.0) }}
prometheusRule.slo.{{ $name }}.objective is {{ $objective }}; below 95 the alerts at 14.4 times the error budget can hardly fire; want 95 or more, or 0 to leave it out; raise prometheusRule.slo.{{ $name }}.objective
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Dashboards are JSON, and leave room in the Secret of the release. */ -}}
{{- define "service.validate.dashboards" -}}
{{- with .Values.dashboards -}}
{{- if .enabled -}}
{{- $size := 0 -}}
{{- $titles := dict -}}
{{- range $name, $json := .extra -}}
{{- $size = add $size (len $json) -}}
{{- $title := get (fromJson $json) "title" | toString -}}
{{- if hasKey (fromJson $json) "Error" }}
dashboards.extra.{{ $name }} is not a JSON object; want a dashboard as Grafana exports it; correct it
{{- else if not $title }}
dashboards.extra.{{ $name }} has no title, without which Grafana takes none; want a dashboard as Grafana exports it; set its title
{{- else if hasKey $titles $title }}
dashboards.extra.{{ $name }} has the title {{ $title }}, and dashboards.extra.{{ get $titles $title }} has it too; want a title for each, since a reader sees nothing else of them; rename one
{{- else -}}
{{- $_ := set $titles $title $name -}}
{{- end -}}
{{- end -}}
{{- if gt $size 262144 }}
dashboards.extra has {{ $size }} bytes; want at most 262144 (256 KiB), since Helm keeps releases in Secrets; put large dashboards into a ConfigMap of their own
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
