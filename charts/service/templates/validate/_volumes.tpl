{{- /* A volume has one source, a name and a path of its own, and a claim is mounted by as many pods as it allows. */ -}}
{{- define "service.validate.volumes" -}}
{{- $sources := list "claim" "configMap" "csi" "emptyDir" "ephemeral" "persistentVolumeClaim" "projected" "secret" -}}
{{- range $name, $volume := .Values.volumes -}}
{{- $found := omit $volume "mountPath" "subPath" "readOnly" | keys | sortAlpha -}}
{{- if ne (len $found) 1 }}
volumes.{{ $name }} has {{ len $found }} sources{{ with $found }} ({{ join ", " . }}){{ end }}; want exactly one; keep one of {{ join ", " $sources }}
{{- end -}}
{{- range $field := list "dataSource" "dataSourceRef" -}}
{{- with dig "ephemeral" "volumeClaimTemplate" "spec" $field dict $volume }}
volumes.{{ $name }}.ephemeral.volumeClaimTemplate.spec.{{ $field }} is {{ .kind }} {{ quote .name }}, whose data the pods would have a copy of; want an empty volume; remove it
{{- end -}}
{{- end -}}
{{- if and (hasKey $.Values.configMaps $name) $volume.claim }}
volumes.{{ $name }} and configMaps.{{ $name }} have the same name; want names apart, so that people can tell their objects; rename one of them
{{- end -}}
{{- with $volume.claim -}}
{{- $modes := .accessModes | default (list "ReadWriteOnce") -}}
{{- if and (eq $.Values.workload.type "Deployment") (not (or (has "ReadWriteMany" $modes) (has "ReadOnlyMany" $modes))) -}}
{{- $most := $.Values.autoscaling.enabled | ternary $.Values.autoscaling.maxReplicas $.Values.replicas | int -}}
{{- if or (gt $most 1) (ne $.Values.strategy.type "Recreate") }}
volumes.{{ $name }}.claim is {{ join ", " $modes }} and up to {{ $most }} pods with strategy.type {{ $.Values.strategy.type }} share it, of which those on another node would never start; want a claim that all can mount; set accessModes to [ReadWriteMany], or workload.type to StatefulSet for a claim each, or run one pod and set strategy.type to Recreate
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $names := dict -}}
{{- $paths := dict -}}
{{- range include "service.mounts" . | fromJsonArray -}}
{{- if hasKey $names .name }}
two volumes of the pod have the name {{ quote .name }}; want every name once; rename the one in volumes
{{- end -}}
{{- $_ := set $names .name true -}}
{{- with .mountPath -}}
{{- if hasKey $paths . }}
two volumes of the service's container are at {{ . }}; want every path once; change one mountPath, or mount single files by subPath
{{- end -}}
{{- $_ := set $paths . true -}}
{{- end -}}
{{- end -}}
{{- range $name, $config := .Values.configMaps -}}
{{- if and $config.subPath (not (hasKey $config.data $config.subPath)) }}
configMaps.{{ $name }}.subPath is {{ quote $config.subPath }}, which is no key of its data ({{ keys $config.data | sortAlpha | join ", " }}); want one of them; correct the subPath
{{- end -}}
{{- end -}}
{{- end -}}
