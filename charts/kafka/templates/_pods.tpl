{{- /*
kafka.podSecurity: what Pod Security "restricted" asks of a pod; the user is the image's own, and group 0 may write to
its disks, as in Strimzi's default. Call: include "kafka.podSecurity" $
*/ -}}
{{- define "kafka.podSecurity" -}}
runAsNonRoot: true
fsGroup: 0
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- /*
kafka.container: the template of one of Strimzi's containers: Pod Security "restricted" and a read-only root.
Call: include "kafka.container" $
*/ -}}
{{- define "kafka.container" -}}
securityContext:
  allowPrivilegeEscalation: false
  capabilities: { drop: [ALL] }
  privileged: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- /*
kafka.podDns: how a pod looks up names, where that is said. Call: include "kafka.podDns" $
*/ -}}
{{- define "kafka.podDns" -}}
{{- with .Values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with .Values.dnsConfig }}
dnsConfig: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
kafka.pod: the template of a pod. Call: include "kafka.pod" (dict "root" $ "placement" .Values.brokers "spread" <list as text>)
*/ -}}
{{- define "kafka.pod" -}}
{{- with .root.Values.podAnnotations }}
metadata:
  annotations: {{- toYaml . | nindent 4 }}
{{- end }}
{{- include "kafka.podDns" .root }}
securityContext: {{- include "kafka.podSecurity" . | nindent 2 }}
{{- with .grace }}
terminationGracePeriodSeconds: {{ int . }}
{{- end }}
{{- with .root.Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .placement }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- with .spread }}
topologySpreadConstraints: {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
kafka.spread: constraints over zones and machines for pods with these labels. Strimzi adds none of its own. Nodes that the
pods do not tolerate (a lost zone, machines dedicated to others) are no place that waits for one.
Call: include "kafka.spread" (dict "spread" .Values.brokers.topologySpread "labels" <map as text>)
*/ -}}
{{- define "kafka.spread" -}}
{{- range $key, $topology := dict "zone" "topology.kubernetes.io/zone" "host" "kubernetes.io/hostname" }}
{{- $action := get $.spread $key }}
{{- if ne $action "Disabled" }}
- maxSkew: 1
  topologyKey: {{ $topology }}
  whenUnsatisfiable: {{ $action }}
  labelSelector:
    matchLabels: {{- $.labels | nindent 6 }}
  nodeTaintsPolicy: Honor
{{- end }}
{{- end }}
{{- end -}}

{{- /*
kafka.evenly: the spread of workers, which may share a zone when another is gone. Call: include "kafka.evenly" <map as text>
*/ -}}
{{- define "kafka.evenly" -}}
{{- include "kafka.spread" (dict "spread" (dict "zone" "ScheduleAnyway" "host" "ScheduleAnyway") "labels" .) -}}
{{- end -}}

{{- /*
kafka.secretVolumes: volumes of these Secrets. Call: include "kafka.secretVolumes" (list "sso-ca")
*/ -}}
{{- define "kafka.secretVolumes" -}}
{{- with . -}}
volumes:
  {{- range . }}
  - { name: {{ . | quote }}, secret: { secretName: {{ . | quote }} } }
  {{- end }}
{{- end -}}
{{- end -}}

{{- /*
kafka.secretMounts: mounts of these Secrets, each a folder below /mnt, where Strimzi allows more.
Call: include "kafka.secretMounts" (list "sso-ca")
*/ -}}
{{- define "kafka.secretMounts" -}}
{{- with . -}}
volumeMounts:
  {{- range . }}
  - { name: {{ . | quote }}, mountPath: /mnt/{{ . }}, readOnly: true }
  {{- end }}
{{- end -}}
{{- end -}}

{{- /*
kafka.withDisk: resources with the ephemeral storage that a container's own volumes and logs take, where they do not say it
themselves: a namespace's default is less than many a volume, and what grows above it is evicted.
Call: include "kafka.withDisk" (dict "resources" $resources "volumes" (list "256Mi"))
*/ -}}
{{- define "kafka.withDisk" -}}
{{- $bytes := include "common.bytes" "128Mi" | int64 -}}
{{- range .volumes -}}
{{- $bytes = add $bytes (include "common.bytes" . | int64) -}}
{{- end -}}
{{- $disk := dict "ephemeral-storage" (div (add $bytes 1048575) 1048576 | printf "%dMi") -}}
{{- toYaml (merge (deepCopy .resources) (dict "requests" $disk "limits" $disk)) -}}
{{- end -}}

{{- /*
kafka.scratch: sizes of a pool's volumes that live and die with the pod. Call: include "kafka.scratch" $pool | fromJsonArray
*/ -}}
{{- define "kafka.scratch" -}}
{{- $sizes := list -}}
{{- range .volumes -}}
{{- if eq .type "ephemeral" -}}
{{- $sizes = append $sizes (.sizeLimit | default "0") -}}
{{- end -}}
{{- end -}}
{{- toJson $sizes -}}
{{- end -}}
