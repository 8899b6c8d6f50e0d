{{- /*
common.image: one image reference, repository:tag or repository:tag@digest.
The tag is for people and the digest for the kubelet, so a digest needs a tag beside it, and `latest` names nothing.
Call:  include "common.image" (dict "image" .Values.image "at" "image")
Fails: with the message of common.image.problem.
*/ -}}
{{- define "common.image" -}}
{{- with include "common.image.problem" . -}}
{{- fail . -}}
{{- end -}}
{{ .image.repository }}:{{ .image.tag }}
{{- with .image.digest }}@{{ . }}{{ end -}}
{{- end -}}

{{- /*
common.image.problem: what is wrong with an image, as one line; nothing when it is sound.
Call:  include "common.image.problem" (dict "image" .Values.image "at" "image")
*/ -}}
{{- define "common.image.problem" -}}
{{- if not .image.repository -}}
{{ .at }}.repository is empty; want a repository such as registry.example.com/banking/accounts; set {{ .at }}.repository
{{- else if contains "@" .image.repository -}}
{{ .at }}.repository is {{ quote .image.repository }}; want the repository alone; move what follows "@" to {{ .at }}.digest
{{- else if contains ":" (splitList "/" .image.repository | last) -}}
{{ .at }}.repository is {{ quote .image.repository }}; want the repository alone; move what follows the last ":" to {{ .at }}.tag
{{- else if and (not .image.tag) .image.digest -}}
{{ .at }}.digest is set and {{ .at }}.tag is empty; want both, so that people see the version; set {{ .at }}.tag to the tag that the digest was pushed with
{{- else if not .image.tag -}}
{{ .at }}.tag is empty; want an exact version; set {{ .at }}.tag
{{- else if eq .image.tag "latest" -}}
{{ .at }}.tag is "latest", which names a different image every day; want an exact version; set {{ .at }}.tag
{{- end -}}
{{- end -}}
