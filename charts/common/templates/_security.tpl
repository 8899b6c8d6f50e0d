{{- /*
common.podSecurityContext: what Pod Security "restricted" asks of a pod, as user and group 10001.
Call:  include "common.podSecurityContext" (dict "override" .Values.podSecurityContext "ids" "assigned")
       override: fields of a PodSecurityContext that win, field by field.
       ids: `assigned` names no user and no group, so that the cluster gives them: OpenShift's `restricted-v2` refuses
       every other than those of the namespace (github.com/openshift/apiserver-library-go, mustrunas.go).
*/ -}}
{{- define "common.podSecurityContext" -}}
{{- $hardened := dict
      "runAsNonRoot" true
      "runAsUser" 10001
      "runAsGroup" 10001
      "fsGroup" 10001
      "fsGroupChangePolicy" "OnRootMismatch"
      "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- if eq (.ids | default "fixed") "assigned" -}}
{{- $hardened = omit $hardened "runAsUser" "runAsGroup" "fsGroup" -}}
{{- end -}}
{{- toYaml (mergeOverwrite $hardened (deepCopy (.override | default dict))) -}}
{{- end -}}

{{- /*
common.containerSecurityContext: what Pod Security "restricted" asks of a container, and a read-only root file system.
User and group are the pod's: said here too, they would win over those that somebody sets there.
Call:  include "common.containerSecurityContext" (dict "override" .Values.securityContext)
       override: fields of a container's SecurityContext that win, field by field.
*/ -}}
{{- define "common.containerSecurityContext" -}}
{{- $hardened := dict
      "allowPrivilegeEscalation" false
      "capabilities" (dict "drop" (list "ALL"))
      "privileged" false
      "readOnlyRootFilesystem" true
      "runAsNonRoot" true
      "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- toYaml (mergeOverwrite $hardened (deepCopy (.override | default dict))) -}}
{{- end -}}
