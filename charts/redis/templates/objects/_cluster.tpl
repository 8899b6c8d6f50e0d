{{- /*
redis.cluster: the manifest of the RedisCluster. Call: include "redis.cluster" $
*/ -}}
{{- define "redis.cluster" -}}
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisCluster
metadata:
  name: {{ include "redis.name" . | quote }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.memberLabels" . | nindent 4 }}
  annotations:
    {{- include "redis.memberAnnotations" . | nindent 4 }}
    {{- if .Values.cluster.separatePairs }}
    redisclusters.redis.redis.opstreelabs.in/role-anti-affinity: 'true'
    {{- end }}
spec:
  clusterSize: {{ int .Values.cluster.leaders }}
  # The operator (0.26, internal/agent/bootstrap/redis/config.go) announces host names, which certificates are for, where
  # this is exactly v7: said for newer ones too. Redis 6 does not know the directive.
  clusterVersion: {{ hasPrefix "6." (include "redis.version" .) | ternary "v6" "v7" }}
  port: 6379
  persistenceEnabled: {{ ne (include "redis.plan" . | fromYaml).persistence "none" }}
  # A follower must be there before its leader is needed: all pods of a role start at once.
  podManagementPolicy: Parallel
  kubernetesConfig: {{- include "redis.kubernetesConfig" (dict "root" . "image" .Values.image "at" "image" "resources" (include "redis.serverResources" .)) | nindent 4 }}
  {{- with include "redis.dynamicConfiguration" . | trim }}
  redisConfig:
    dynamicConfig: {{- . | nindent 6 }}
  {{- end }}
  redisLeader:
    {{- include "redis.role" (dict "root" . "role" "leader") | nindent 4 }}
  redisFollower:
    replicas: {{ mul .Values.cluster.leaders .Values.cluster.followersPerLeader }}
    {{- include "redis.role" (dict "root" . "role" "follower") | nindent 4 }}
  {{- include "redis.storage" . | trim | nindent 2 }}
  {{- include "redis.common" . | trim | nindent 2 }}
{{- end -}}
