{{- /*
vault.validate: refuses values that fit the schema and not each other; all of them at once, one a line.
A rule yields a line for each problem: what was found; what is wanted; the next step. Call: include "vault.validate" $
*/ -}}
{{- define "vault.validate" -}}
{{- $topics := list -}}
{{- range $topic := list "image" "labels" "seal" "tls" "clients" "databases" "production" "overlay" -}}
{{- $topics = printf "vault.validate.%s" $topic | append $topics -}}
{{- end -}}
{{- include "common.refuse" (dict "root" . "rules" $topics) -}}
{{- end -}}

{{- /* The image names one version. */ -}}
{{- define "vault.validate.image" -}}
{{ include "common.image.problem" (dict "image" .Values.image "at" "image") }}
{{- end -}}

{{- /* Labels that select pods are the chart's own, and no label is there twice. */ -}}
{{- define "vault.validate.labels" -}}
{{- $own := list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart" -}}
{{- range $at, $labels := dict "commonLabels" .Values.commonLabels "serviceMonitor.labels" .Values.serviceMonitor.labels "prometheusRule.labels" .Values.prometheusRule.labels -}}
{{- range $name, $_ := $labels -}}
{{- if has $name $own }}
{{ $at }} has {{ $name }}, which the chart sets itself; want other labels; remove it from {{ $at }}
{{- else if and (ne $at "commonLabels") (hasKey $.Values.commonLabels $name) }}
{{ $at }} has {{ $name }}, which commonLabels sets already; want every label once; remove it from {{ $at }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* One seal, with its settings. */ -}}
{{- define "vault.validate.seal" -}}
{{- $type := .Values.seal.type -}}
{{- if not $type }}
seal.type is unset, and a store that nothing unseals cannot start by itself; want a key of a cloud, of another vault, or outside production a static one; set seal.type
{{- else -}}
{{- $wanted := dict
      "awskms" (list "region" "keyId")
      "gcpckms" (list "project" "region" "keyRing" "cryptoKey")
      "azurekeyvault" (list "tenantId" "vaultName" "keyName")
      "transit" (list "address" "keyName" "tokenSecret")
      "static" list -}}
{{- range $name := get $wanted $type -}}
{{- if not (get (get $.Values.seal $type | default dict) $name) }}
seal.type is {{ $type }} and seal.{{ $type }}.{{ $name }} is unset; want the key that unseals, in full; set seal.{{ $type }}.{{ $name }}
{{- end -}}
{{- end -}}
{{- if has $type (include "vault.pluginSeals" . | fromJsonArray) -}}
{{- range $name := list "command" "version" "sha256sum" -}}
{{- if not (get $.Values.seal.plugin $name) }}
seal.type is {{ $type }} and seal.plugin.{{ $name }} is unset, and OpenBao 2.7 has no {{ $type }} of its own: no server would start; want its plugin in the image, with version and digest; set seal.plugin.{{ $name }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Secrets never cross the network in plaintext. */ -}}
{{- define "vault.validate.tls" -}}
{{- if not .Values.tls.issuerRef }}
tls.issuerRef is unset, and secrets would cross the network in plaintext; want an issuer of cert-manager; set tls.issuerRef
{{- end -}}
{{- end -}}

{{- /* Nobody has the rights of the Job, no two of them one account, and who writes is nobody who reads. */ -}}
{{- define "vault.validate.clients" -}}
{{- $accounts := dict -}}
{{- range $kind := list "clients" "writers" -}}
{{- range $name, $client := get $.Values.configuration $kind -}}
{{- if has $name (list "configurator" "default" "root") }}
configuration.{{ $kind }} has {{ $name }}, a policy of OpenBao or of the Job; want another name; rename it
{{- end -}}
{{- if and (eq $kind "writers") (hasKey $.Values.configuration.clients $name) }}
configuration.writers has {{ $name }}, as configuration.clients has; want a name of its own for each; rename the writer
{{- end -}}
{{- $account := printf "%s/%s" $client.namespace $client.serviceAccount -}}
{{- with get $accounts $account }}
configuration.{{ $kind }}.{{ $name }} is the account {{ $account }}, as {{ . }} is; want an account of its own for each; correct one of them
{{- end -}}
{{- $_ := set $accounts $account $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
