{{- /*
service.mounts: every volume of the pod, and where the service's own container sees it: name, volume, mountPath,
subPath, readOnly. Without `volume` it comes from elsewhere, without `mountPath` other containers alone see it.
Call: include "service.mounts" $ | fromJsonArray
*/ -}}
{{- define "service.mounts" -}}
{{- $mounts := list (dict "name" "tmp" "mountPath" "/tmp" "volume" (dict "emptyDir" .Values.tmp)) -}}
{{- range $kind := list "jvm" "spring" "configMap" "volume" -}}
{{- $mounts = include (printf "service.%sMounts" $kind) $ | fromJsonArray | concat $mounts -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end -}}

{{- /*
service.configMapMounts: ConfigMaps of the chart's own, but for those that are environment alone.
Call: include "service.configMapMounts" $ | fromJsonArray
*/ -}}
{{- define "service.configMapMounts" -}}
{{- $mounts := list -}}
{{- range $name, $config := .Values.configMaps -}}
{{- if or $config.mountPath (not $config.env) -}}
{{- $source := dict "configMap" (dict "name" (include "common.fullname" (dict "root" $ "suffix" $name))) -}}
{{- $mount := dict "name" (printf "config-%s" $name) "volume" $source "readOnly" true -}}
{{- $mounts = pick $config "mountPath" "subPath" | merge $mount | append $mounts -}}
{{- end -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end -}}

{{- /*
service.volumeMounts: the volumes of the values. A claim is one for all pods, but in a StatefulSet one for each, which
the StatefulSet makes and mounts itself. Call: include "service.volumeMounts" $ | fromJsonArray
*/ -}}
{{- define "service.volumeMounts" -}}
{{- $mounts := list -}}
{{- range $name, $volume := .Values.volumes -}}
{{- $source := omit $volume "mountPath" "subPath" "readOnly" "claim" -}}
{{- if and $volume.claim (ne $.Values.workload.type "StatefulSet") -}}
{{- $claim := dict "claimName" (include "common.fullname" (dict "root" $ "suffix" $name)) -}}
{{- $source = dict "persistentVolumeClaim" $claim -}}
{{- end -}}
{{- $mounts = pick $volume "mountPath" "subPath" "readOnly" | merge (dict "name" $name "volume" $source) | append $mounts -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end -}}

{{- /*
service.claimSpec: the spec of a PersistentVolumeClaim. Call: include "service.claimSpec" $volume.claim
*/ -}}
{{- define "service.claimSpec" -}}
accessModes: {{- .accessModes | default (list "ReadWriteOnce") | toYaml | nindent 2 }}
{{- with .storageClassName }}
storageClassName: {{ . | quote }}
{{- end }}
resources:
  requests:
    storage: {{ .size | quote }}
{{- end -}}

{{- /*
service.mountedVolumes: rules of a Role that list the claims, and the CSI drivers, that pods mount. Of a StatefulSet's own
claims the ordinal is left out: every pod has another. Call: include "service.mountedVolumes" $
*/ -}}
{{- define "service.mountedVolumes" -}}
{{- $found := dict -}}
{{- range $name, $volume := .Values.volumes -}}
{{- if and $volume.claim (eq $.Values.workload.type "StatefulSet") -}}
{{- $set := include "service.name" $ | printf "%s-%s" $name -}}
{{- $_ := $set | append (get $found "persistentvolumeclaims/ordinal" | default list) | set $found "persistentvolumeclaims/ordinal" -}}
{{- end -}}
{{- end -}}
{{- range include "service.mounts" . | fromJsonArray -}}
{{- with dig "persistentVolumeClaim" "claimName" "" (.volume | default dict) -}}
{{- $_ := . | append (get $found "persistentvolumeclaims" | default list) | set $found "persistentvolumeclaims" -}}
{{- end -}}
{{- with dig "csi" "driver" "" (.volume | default dict) -}}
{{- $_ := . | append (get $found "csidrivers" | default list) | set $found "csidrivers" -}}
{{- end -}}
{{- end -}}
{{- range $resource, $names := $found }}
- apiGroups: [{{ eq $resource "csidrivers" | ternary "storage.k8s.io" "" | quote }}]
  resources: [{{ $resource | quote }}]
  verbs: [mount]
  resourceNames: {{ uniq $names | sortAlpha | toJson }}
{{- end }}
{{- end -}}

{{- /*
service.claimTemplates: the claims that a StatefulSet makes for each pod. Call: include "service.claimTemplates" $
*/ -}}
{{- define "service.claimTemplates" -}}
{{- range $name, $volume := .Values.volumes }}
{{- if $volume.claim }}
- metadata:
    name: {{ $name | quote }}
    labels: {{- include "service.selectorLabels" $ | nindent 6 }}
  spec: {{- include "service.claimSpec" $volume.claim | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}
