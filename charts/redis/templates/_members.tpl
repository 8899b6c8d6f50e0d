{{- /*
redis.kubernetesConfig: what the operator's kinds share about pods and Services.
Call: include "redis.kubernetesConfig" (dict "root" $ "image" .Values.image "at" "image" "resources" (include "redis.serverResources" .))
"passwordKey" names another password than that of `default`.
*/ -}}
{{- define "redis.kubernetesConfig" -}}
image: {{ include "redis.image" . | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
resources: {{- .resources | nindent 2 }}
{{- if .root.Values.auth.enabled }}
redisSecret:
  name: {{ include "redis.authSecretName" .root | quote }}
  key: {{ .passwordKey | default .root.Values.auth.secret.key | quote }}
{{- end }}
updateStrategy:
  type: RollingUpdate
persistentVolumeClaimRetentionPolicy:
  whenDeleted: Retain
  whenScaled: Retain
# Marks of Argo CD and Helm speak of this object, and not of the StatefulSets that the operator copies them to.
ignoreAnnotations:
  - argocd.argoproj.io/sync-options
  - argocd.argoproj.io/tracking-id
  - helm.sh/resource-policy
  - meta.helm.sh/release-name
  - meta.helm.sh/release-namespace
  {{- if .root.Values.operator.recreateStatefulSets }}
  - redis.opstreelabs.in/recreate-statefulset
  - redis.opstreelabs.in/recreate-statefulset-strategy
  {{- end }}
service:
  serviceType: ClusterIP
  additional:
    type: ClusterIP
    enabled: false
{{- end -}}

{{- /*
redis.tls: the certificate that the operator mounts at /tls. Call: include "redis.tls" $
*/ -}}
{{- define "redis.tls" -}}
{{- if .Values.tls.enabled }}
TLS:
  ca: ca.crt
  cert: tls.crt
  key: tls.key
  secret:
    secretName: {{ include "redis.tlsSecretName" . | quote }}
    # Octal 0440: for the group of the pod alone.
    defaultMode: 288
{{- end }}
{{- end -}}

{{- /*
redis.common: fields that servers of all modes have; not `acl`, which mounts a file that never changes (_users.tpl).
Call: include "redis.common" $
*/ -}}
{{- define "redis.common" -}}
{{- include "redis.tls" . }}
{{- include "redis.exporter" . }}
{{- include "redis.initContainer" . }}
podSecurityContext: {{- include "redis.podSecurityContext" . | nindent 2 }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
serviceAccountName: {{ include "redis.name" . | quote }}
{{- end -}}

{{- /*
redis.exporter: the sidecar with metrics. Call: include "redis.exporter" $
*/ -}}
{{- define "redis.exporter" -}}
{{- with .Values.exporter }}
{{- if .enabled }}
redisExporter:
  enabled: true
  image: {{ include "redis.image" (dict "image" .image "at" "exporter.image") | quote }}
  imagePullPolicy: {{ $.Values.image.pullPolicy }}
  port: 9121
  resources: {{- include "redis.withDisk" (dict "resources" .resources) | nindent 4 }}
  securityContext: {{- include "common.containerSecurityContext" (dict "override" (dict "runAsUser" 1000 "runAsGroup" 1000)) | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
redis.storage: the volumes. Where nothing is kept, /data is a scratch volume for what a replica copies from its master.
Call: include "redis.storage" $
*/ -}}
{{- define "redis.storage" -}}
{{- $plan := include "redis.plan" . | fromYaml }}
storage:
  keepAfterDelete: true
  {{- if ne $plan.persistence "none" }}
  volumeClaimTemplate: {{- include "redis.claim" (dict "root" . "size" .Values.storage.size) | nindent 4 }}
  {{- end }}
  {{- if eq .Values.mode "cluster" }}
  nodeConfVolume: true
  nodeConfVolumeClaimTemplate: {{- include "redis.claim" (dict "root" . "size" .Values.storage.nodeConfigurationSize) | nindent 4 }}
  {{- end }}
  {{- with include "redis.volumes" . | trim }}
  volumeMount: {{- . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- /*
redis.claim: a claim for a volume. Call: include "redis.claim" (dict "root" $ "size" "10Gi")
*/ -}}
{{- define "redis.claim" -}}
spec:
  accessModes: [ReadWriteOnce]
  {{- with .root.Values.storage.className }}
  storageClassName: {{ . | quote }}
  {{- end }}
  resources:
    requests:
      storage: {{ .size }}
{{- end -}}

{{- /*
redis.volumes: what is mounted beside the claims. Call: include "redis.volumes" $
*/ -}}
{{- define "redis.volumes" -}}
{{- $volumes := list -}}
{{- $mounts := list -}}
{{- if eq (include "redis.plan" . | fromYaml).persistence "none" -}}
{{- $volumes = append $volumes (dict "name" "scratch" "emptyDir" (dict "sizeLimit" (include "redis.mebibytes" (include "redis.scratchBytes" .)))) -}}
{{- $mounts = append $mounts (dict "name" "scratch" "mountPath" "/data") -}}
{{- end -}}
{{- if include "redis.aclSecretName" . -}}
{{- $volumes = append $volumes (include "redis.usersVolume" . | fromYaml) -}}
{{- $mounts = append $mounts (dict "name" "users" "mountPath" "/users" "readOnly" true) -}}
{{- end -}}
{{- if $volumes -}}
volume: {{- toYaml $volumes | nindent 2 }}
mountPath: {{- toYaml $mounts | nindent 2 }}
{{- end -}}
{{- end -}}
