{{- /*
vault.statefulSet: the servers, before the overlay. The token by which they ask whether the token of another is right is the
one that Kubernetes mounts and renews. Call: include "vault.statefulSet" $
*/ -}}
{{- define "vault.statefulSet" -}}
{{- $name := include "vault.name" (dict "root" .) -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ quote $name }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "vault.labels" . | nindent 4 }}
  annotations:
    argocd.argoproj.io/sync-options: Prune=false,Delete=false
    helm.sh/resource-policy: keep
spec:
  replicas: {{ int .Values.replicas }}
  serviceName: {{ include "vault.internalName" . | quote }}
  # The first makes a store only when the others say that they have none.
  podManagementPolicy: Parallel
  updateStrategy: { type: RollingUpdate }
  persistentVolumeClaimRetentionPolicy: { whenDeleted: Retain, whenScaled: Retain }
  selector:
    matchLabels: {{- include "vault.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "common.podLabels" (dict "root" . "extra" .Values.commonLabels) | nindent 8 }}
      annotations:
        opencore.dev/configuration: {{ printf "%s%s" (include "vault.serverConfiguration" .) (include "vault.startScript" .) | sha256sum | trunc 16 | quote }}
    spec:
      serviceAccountName: {{ quote $name }}
      automountServiceAccountToken: true
      enableServiceLinks: false
      terminationGracePeriodSeconds: 60
      securityContext: {{- include "common.podSecurityContext" (dict) | nindent 8 }}
      {{- with include "common.topologySpread" (dict "root" . "spread" .Values.topologySpread "revisionLabel" "") | trim }}
      topologySpreadConstraints: {{- . | nindent 8 }}
      {{- end }}
      {{- with .Values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.priorityClassName }}
      priorityClassName: {{ . | quote }}
      {{- end }}
      containers:
        - name: openbao
          image: {{ include "vault.image" . | quote }}
          imagePullPolicy: IfNotPresent
          command: [sh, -c]
          args:
            - |
              {{- include "vault.startScript" . | nindent 14 }}
          env: {{- include "vault.serverEnv" . | nindent 12 }}
          ports:
            - { name: https, containerPort: 8200, protocol: TCP }
            - { name: raft, containerPort: 8201, protocol: TCP }
          # A server that waits for its store, or for its key, is restarted no sooner than one that hangs.
          startupProbe:
            tcpSocket: { port: https }
            periodSeconds: 5
            failureThreshold: 120
          readinessProbe:
            httpGet: { scheme: HTTPS, port: https, path: '/v1/sys/health?standbyok=true' }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 3
          livenessProbe:
            httpGet: { scheme: HTTPS, port: https, path: '/v1/sys/health?standbyok=true&sealedcode=204&uninitcode=204' }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          securityContext: {{- include "common.containerSecurityContext" (dict) | nindent 12 }}
          resources: {{- toYaml .Values.resources | nindent 12 }}
          volumeMounts:
            - { name: data, mountPath: /openbao/data }
            - { name: configuration, mountPath: /openbao/configuration, readOnly: true }
            - { name: tls, mountPath: /openbao/tls, readOnly: true }
            {{- if eq .Values.seal.type "static" }}
            - { name: seal, mountPath: /openbao/seal, readOnly: true }
            {{- end }}
      volumes:
        - name: configuration
          configMap: { name: {{ quote $name }} }
        - name: tls
          secret: { secretName: {{ include "vault.tlsSecretName" . | quote }} }
        {{- if eq .Values.seal.type "static" }}
        - name: seal
          secret:
            secretName: {{ include "vault.sealSecretName" . | quote }}
            items: [{ key: key, path: key }]
        {{- end }}
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .Values.storage.className }}
        storageClassName: {{ . | quote }}
        {{- end }}
        resources: { requests: { storage: {{ .Values.storage.size | quote }} } }
{{- end -}}

{{- /*
vault.image: the image's reference; what is wrong with it is said by vault.validate.image, with all other problems.
Call: include "vault.image" $
*/ -}}
{{- define "vault.image" -}}
{{- $image := dict "image" .Values.image "at" "image" -}}
{{- include "common.image.problem" $image | empty | ternary (include "common.image" $image) "unusable" -}}
{{- end -}}

{{- /*
vault.serverEnv: who a server is, and what its start script goes by. Call: include "vault.serverEnv" $
*/ -}}
{{- define "vault.serverEnv" -}}
{{- $host := printf "$(BAO_RAFT_NODE_ID).%s.%s.svc" (include "vault.internalName" .) .Release.Namespace -}}
{{- $others := list -}}
{{- range include "vault.members" . | fromYamlArray | rest -}}
{{- $others = append $others (printf "https://%s:8200" .) -}}
{{- end -}}
- name: BAO_RAFT_NODE_ID
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- { name: BAO_API_ADDR, value: {{ printf "https://%s:8200" $host | quote }} }
- { name: BAO_CLUSTER_ADDR, value: {{ printf "https://%s:8201" $host | quote }} }
- { name: BAO_ADDR, value: {{ printf "https://%s:8200" $host | quote }} }
- { name: BAO_CACERT, value: /openbao/tls/ca.crt }
- { name: HOME, value: /openbao/data }
- { name: MAKES_STORE, value: {{ printf "%s-0" (include "vault.name" (dict "root" .)) | quote }} }
- { name: MEMBERS, value: {{ join " " $others | quote }} }
- { name: OTHERS, value: {{ len $others | quote }} }
- { name: WATCH_SECONDS, value: '60' }
{{- if eq .Values.seal.type "transit" }}
- name: BAO_TOKEN
  valueFrom: { secretKeyRef: { name: {{ .Values.seal.transit.tokenSecret | quote }}, key: token } }
{{- end }}
{{- end -}}
