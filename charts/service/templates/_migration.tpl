{{- /*
service.hasMigration: "true" where a Job brings the schema up to date; not on standby, whose database only follows.
Call: include "service.hasMigration" $
*/ -}}
{{- define "service.hasMigration" -}}
{{- if and .Values.migration.enabled (eq .Values.role "active") (not (include "service.isBatch" .)) -}}
true
{{- end -}}
{{- end -}}

{{- /*
service.waveAnnotation: what Argo CD applies before the pods, as annotations: what the migration needs at -2, the migration at
-1. It is no hook of Helm: one of those runs before the account, the ConfigMaps and the policies of a first install are
there, and Argo CD runs it at each sync. Call: include "service.waveAnnotation" (dict "root" $ "wave" "-2") | fromYaml
*/ -}}
{{- define "service.waveAnnotation" -}}
{{- if include "service.hasMigration" .root -}}
argocd.argoproj.io/sync-wave: {{ quote .wave }}
{{- end -}}
{{- end -}}

{{- /*
service.migrationLabels: labels of the migration's pods. Their name is the service's, so that whoever lets the service in lets
them in; their instance is not, so that no Service, budget or policy of the service takes them for its pods.
Call: include "service.migrationLabels" $
*/ -}}
{{- define "service.migrationLabels" -}}
app.kubernetes.io/name: {{ include "service.name" . | quote }}
app.kubernetes.io/instance: {{ include "common.fullname" (dict "root" . "suffix" "migration") | quote }}
app.kubernetes.io/component: migration
{{- end -}}

{{- /*
service.migrationPod: the service's pod with another command, once: with its sidecars (a proxy to the database), settings,
Secrets and ConfigMaps; with no init containers but those that a sidecar comes after, and without claims, which the service may
hold.
Call: include "service.migrationPod" $
*/ -}}
{{- define "service.migrationPod" -}}
{{- $migration := .Values.migration -}}
{{- $pod := (include "service.podTemplate" . | fromYaml).spec -}}
{{- $volumes := list -}}
{{- $names := list -}}
{{- range $pod.volumes -}}
{{- if not (hasKey . "persistentVolumeClaim") -}}
{{- $volumes = append $volumes . -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- end -}}
{{- $app := first $pod.containers -}}
{{- $mounts := include "service.mountsOf" (dict "container" $app "volumes" $names) | fromJsonArray -}}
{{- $sidecars := include "service.otherContainers" (dict "root" . "names" (keys .Values.sidecars | sortAlpha)) | fromYamlArray -}}
{{- range $sidecars -}}
{{- $_ := include "service.mountsOf" (dict "container" . "volumes" $names) | fromJsonArray | set . "volumeMounts" -}}
{{- end -}}
{{- $env := dict -}}
{{- range $name, $variable := include "service.ownEnv" . | fromJson -}}
{{- $_ := set $env $name $variable.value -}}
{{- end -}}
{{- if .Values.spring.enabled -}}
{{- /* A web server would keep it from ever ending. */ -}}
{{- $_ := set $env "SPRING_MAIN_WEB_APPLICATION_TYPE" "none" -}}
{{- end -}}
{{- $container := pick $app "imagePullPolicy" "securityContext" "envFrom" "resources" -}}
{{- $_ := set $container "name" "migration" -}}
{{- $_ := include "common.image" (dict "image" ($migration.image | default .Values.image) "at" "migration.image") | set $container "image" -}}
{{- $_ := include "service.envList" (merge dict $migration.env .Values.env $env) | fromYamlArray | set $container "env" -}}
{{- $_ := set $container "volumeMounts" $mounts -}}
{{- range $key, $value := pick $migration "command" "args" -}}
{{- if $value -}}
{{- $_ := set $container $key $value -}}
{{- end -}}
{{- end -}}
{{- with $migration.resources -}}
{{- $_ := include "service.otherResources" . | fromYaml | set $container "resources" -}}
{{- end -}}
{{- $spec := omit $pod "initContainers" "topologySpreadConstraints" -}}
{{- if $sidecars -}}
{{- $_ := set $spec "initContainers" $sidecars -}}
{{- end -}}
{{- toYaml (mergeOverwrite $spec (dict "restartPolicy" "Never" "containers" (list $container) "volumes" $volumes)) -}}
{{- end -}}

{{- /*
service.mountsOf: a container's mounts of the volumes that there are, as JSON. Call: include "service.mountsOf" (dict "container" $app "volumes" $names) | fromJsonArray
*/ -}}
{{- define "service.mountsOf" -}}
{{- $mounts := list -}}
{{- range .container.volumeMounts -}}
{{- if has .name $.volumes -}}
{{- $mounts = append $mounts . -}}
{{- end -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end -}}

{{- /*
service.migrationName: by what it runs, so that it runs once for each version: a Job's pods cannot be changed.
Call: include "service.migrationName" $
*/ -}}
{{- define "service.migrationName" -}}
{{- $run := printf "%s %s" (include "service.migrationPod" .) (toJson .Values.configMaps) -}}
{{- with .Values.overlay.migration -}}
{{- $run = printf "%s %s" $run (toJson .) -}}
{{- end -}}
{{- include "common.fullname" (dict "root" . "suffix" (sha256sum $run | trunc 8 | printf "migration-%s")) -}}
{{- end -}}

{{- /*
service.migration: the Job, before the overlay; nothing where there is none. Call: include "service.migration" $
*/ -}}
{{- define "service.migration" -}}
{{- if include "service.hasMigration" . -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "service.migrationName" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "service.labels" . | nindent 4 }}
  annotations: {{- include "service.waveAnnotation" (dict "root" . "wave" "-1") | nindent 4 }}
spec:
  backoffLimit: {{ int .Values.migration.backoffLimit }}
  activeDeadlineSeconds: {{ int .Values.migration.activeDeadlineSeconds }}
  template:
    metadata:
      labels:
        {{- include "service.migrationLabels" . | nindent 8 }}
        {{- with include "service.meshLabels" . }}
        {{- . | nindent 8 }}
        {{- end }}
      {{- with include "service.meshAnnotations" . }}
      annotations: {{- . | nindent 8 }}
      {{- end }}
    spec: {{- include "service.migrationPod" . | nindent 6 }}
{{- end -}}
{{- end -}}
