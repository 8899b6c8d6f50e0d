{{- /* pki.object.certificates: root and intermediate of each generated authority, before the overlay. Call: include "pki.object.certificates" $ */ -}}
{{- define "pki.object.certificates" -}}
{{- $root := . -}}
{{- range $name := include "pki.generated" . | fromJsonArray }}
{{- $argument := dict "root" $root "authority" . }}
---
# Renewed, it would be another root, which nobody trusts yet: a root is followed by the next of `authorities`, by a person.
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ include "pki.rootOf" $argument | quote }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels: {{- include "pki.labels" $root | nindent 4 }}
spec:
  secretName: {{ include "pki.rootOf" $argument | quote }}
  commonName: {{ printf "%s root %s" $root.Values.issuer . | quote }}
  isCA: true
  # Ten years.
  duration: 87600h
  renewal: { policy: Disabled }
  privateKey: { algorithm: ECDSA, size: 384, rotationPolicy: Never }
  issuerRef: { group: cert-manager.io, kind: ClusterIssuer, name: {{ include "pki.selfSigned" $root | quote }} }
---
# It is renewed with a third of its year left, which is more than the 90 days that what it signs may last.
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ include "pki.intermediate" $argument | quote }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels: {{- include "pki.labels" $root | nindent 4 }}
spec:
  secretName: {{ include "pki.intermediate" $argument | quote }}
  commonName: {{ printf "%s %s" $root.Values.issuer . | quote }}
  isCA: true
  duration: 8760h
  renewBefore: 2920h
  privateKey: { algorithm: ECDSA, size: 256, rotationPolicy: Always }
  issuerRef: { group: cert-manager.io, kind: ClusterIssuer, name: {{ include "pki.rootOf" $argument | quote }} }
{{- end }}
{{- end -}}
