{{- /*
vault.jobPod: the pod that applies the configuration. Call: include "vault.jobPod" (dict "root" $ "renew" "no")
       renew: `yes` has OpenBao's own users get new passwords
*/ -}}
{{- define "vault.jobPod" -}}
{{- $renew := .renew -}}
{{- with .root -}}
metadata:
  labels:
    {{- include "vault.jobLabels" . | nindent 4 }}
    {{- range $name, $value := .Values.commonLabels }}
    {{ $name | quote }}: {{ $value | quote }}
    {{- end }}
spec:
  restartPolicy: OnFailure
  serviceAccountName: {{ include "vault.jobName" . | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  securityContext: {{- include "common.podSecurityContext" (dict) | nindent 4 }}
  containers:
    - name: configuration
      image: {{ include "vault.image" . | quote }}
      imagePullPolicy: IfNotPresent
      command: [sh, -c]
      args:
        - |
          {{- include "vault.configureScript" . | nindent 10 }}
      env:
        - { name: BAO_ADDR, value: {{ printf "https://%s:8200" (include "vault.host" .) | quote }} }
        - { name: BAO_CACERT, value: /openbao/tls/ca.crt }
        - { name: TOKEN_FILE, value: /openbao/token/token }
        - { name: CONFIGURATION, value: /openbao/configuration }
        - { name: MOUNT, value: {{ .Values.configuration.mount | quote }} }
        - { name: UNKNOWN, value: {{ .Values.configuration.unknown | quote }} }
        # A password that is made anew: for as long, and this often, it is tried in the database.
        - { name: RENEW, value: {{ quote $renew }} }
        - { name: PATIENCE_SECONDS, value: '600' }
        - { name: PAUSE_SECONDS, value: '5' }
        - { name: HOME, value: /tmp }
      securityContext: {{- include "common.containerSecurityContext" (dict) | nindent 8 }}
      resources:
        requests: { cpu: 50m, memory: 128Mi, ephemeral-storage: 16Mi }
        limits: { memory: 128Mi, ephemeral-storage: 16Mi }
      volumeMounts:
        - { name: configuration, mountPath: /openbao/configuration, readOnly: true }
        - { name: tls, mountPath: /openbao/tls, readOnly: true }
        - { name: token, mountPath: /openbao/token, readOnly: true }
  volumes:
    - name: configuration
      configMap: { name: {{ include "vault.jobName" . | quote }} }
    - name: tls
      secret:
        secretName: {{ include "vault.tlsSecretName" . | quote }}
        items: [{ key: ca.crt, path: ca.crt }]
    - name: token
      projected:
        sources:
          - serviceAccountToken:
              audience: {{ .Values.configuration.audience | quote }}
              expirationSeconds: 600
              path: token
{{- end -}}
{{- end -}}
