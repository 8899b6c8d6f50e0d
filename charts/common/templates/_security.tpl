{{- /*
common.podSecurityContext: what Pod Security "restricted" asks of a pod, as user and group 10001.
Call:  include "common.podSecurityContext" (dict "override" .Values.podSecurityContext)
       override: fields of a PodSecurityContext that win, field by field.
*/ -}}
{{- define "common.podSecurityContext" -}}
{{- $hardened := dict
      "runAsNonRoot" true
      "runAsUser" 10001
      "runAsGroup" 10001
      "fsGroup" 10001
      "fsGroupChangePolicy" "OnRootMismatch"
      "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- toYaml (mergeOverwrite $hardened (deepCopy (.override | default dict))) -}}
{{- end -}}

{{- /*
common.containerSecurityContext: what Pod Security "restricted" asks of a container, and a read-only root file system.
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
      "runAsUser" 10001
      "runAsGroup" 10001
      "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- toYaml (mergeOverwrite $hardened (deepCopy (.override | default dict))) -}}
{{- end -}}
