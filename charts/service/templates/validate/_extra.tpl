{{- /* Whole objects have what every object has, stay in the namespace, and leave to others what others own. */ -}}
{{- define "service.validate.extraObjects" -}}
{{- $rbac := "rbac.rules and rbac.clusterRules make the service's" -}}
{{- $foundation := "the chart foundation makes those of every namespace" -}}
{{- $mesh := "who calls whom, and how, follows from the service graph and `mesh`" -}}
{{- $owned := dict
      "Secret" "secrets do not belong in values; refer to one that a secret store makes"
      "NetworkPolicy" "flows follow from the service graph; declare them there"
      "ExternalSecret" "externalSecrets makes the service's own" "PushSecret" "a service's secrets stay its own"
      "ServiceAccount" "serviceAccount makes the service's" "SecretProviderClass" "externalSecrets makes the service's own secrets"
      "Role" $rbac "RoleBinding" $rbac "ClusterRole" $rbac "ClusterRoleBinding" $rbac
      "AuthorizationPolicy" $mesh "PeerAuthentication" $mesh "RequestAuthentication" $mesh "Sidecar" $mesh
      "VirtualService" $mesh "DestinationRule" $mesh "EnvoyFilter" $mesh "ServiceEntry" $mesh "Telemetry" $mesh
      "Namespace" $foundation "ResourceQuota" $foundation "LimitRange" $foundation -}}
{{- range $index, $object := .Values.extraObjects -}}
{{- $metadata := kindIs "map" $object.metadata | ternary $object.metadata dict -}}
{{- if not (and $object.apiVersion $object.kind $metadata.name) }}
extraObjects[{{ $index }}] lacks {{ if not $object.apiVersion }}apiVersion{{ else if not $object.kind }}kind{{ else }}metadata.name{{ end }}; want a whole object; add it
{{- end -}}
{{- with get $owned ($object.kind | toString) }}
extraObjects[{{ $index }}] is a {{ $object.kind }}; want none here: {{ . }}; remove it
{{- end -}}
{{- with $metadata.namespace -}}
{{- if ne . $.Release.Namespace }}
extraObjects[{{ $index }}].metadata.namespace is {{ quote . }}; want the namespace of the release; leave it out, or make it a release of that namespace
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
