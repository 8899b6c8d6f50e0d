{{- /*
postgres.resources: `resources`, with the disk that an instance and its Jobs may write beside their volumes: what
`cluster.ephemeralVolumesSizeLimit.temporaryData` lets the operator's scratch volume hold (which has the operator's own
program in it, too), and logs. A namespace's default limit would be less, and the kubelet evicts a pod whose volumes and
logs together are above the sum of its containers' limits. Call: include "postgres.resources" $
*/ -}}
{{- define "postgres.resources" -}}
{{- $scratch := include "common.bytes" (.Values.cluster.ephemeralVolumesSizeLimit.temporaryData | default "2Gi") | int64 -}}
{{- $disk := div $scratch 1048576 | add 256 | printf "%dMi" -}}
{{- include "postgres.withDisk" (dict "resources" .Values.resources "disk" $disk) -}}
{{- end -}}

{{- /*
postgres.withDisk: resources with a request and a limit of disk where they have none. Call: include "postgres.withDisk" (dict "resources" $resources "disk" "512Mi")
*/ -}}
{{- define "postgres.withDisk" -}}
{{- $disk := dig "limits" "ephemeral-storage" .disk .resources -}}
{{- $own := dict "ephemeral-storage" $disk -}}
{{- merge (deepCopy .resources) (dict "requests" $own "limits" (deepCopy $own)) | toYaml -}}
{{- end -}}
