{{- /*
common.image: one image reference, repository:tag or repository:tag@digest.
The tag is for people and the digest for the kubelet, so a digest needs a tag beside it, and `latest` names nothing.
Bots write both into the tag (1.2.3@sha256:...), which is taken apart.
Call:  include "common.image" (dict "image" .Values.image "at" "image")
Fails: with the message of common.image.problem.
*/ -}}
{{- define "common.image" -}}
{{- with include "common.image.problem" . -}}
{{- fail . -}}
{{- end -}}
{{ .image.repository }}:{{ include "common.imageTag" .image }}
{{- with .image.digest | default (regexFind "@.*$" .image.tag | trimPrefix "@") }}@{{ . }}{{ end -}}
{{- end -}}

{{- /*
common.imageTag: the tag of an image, as people read it: without a digest behind it.
Call:  include "common.imageTag" .Values.image
*/ -}}
{{- define "common.imageTag" -}}
{{- regexReplaceAll "@.*$" (.tag | default "" | toString) "" -}}
{{- end -}}

{{- /*
common.image.problem: what is wrong with an image, as one line; nothing when it is sound.
Call:  include "common.image.problem" (dict "image" .Values.image "at" "image")
*/ -}}
{{- define "common.image.problem" -}}
{{- $tag := include "common.imageTag" .image -}}
{{- $inTag := regexFind "@.*$" (.image.tag | default "" | toString) | trimPrefix "@" -}}
{{- if not .image.repository -}}
{{ .at }}.repository is empty; want a repository such as registry.example.com/banking/accounts; set {{ .at }}.repository
{{- else if contains "@" .image.repository -}}
{{ .at }}.repository is {{ quote .image.repository }}; want the repository alone; move what follows "@" to {{ .at }}.digest
{{- else if contains ":" (splitList "/" .image.repository | last) -}}
{{ .at }}.repository is {{ quote .image.repository }}; want the repository alone; move what follows the last ":" to {{ .at }}.tag
{{- else if and (contains "@" (.image.tag | default "")) (not (regexMatch "^sha256:[0-9a-f]{64}$" $inTag)) -}}
{{ .at }}.tag is {{ quote .image.tag }}; want a tag, or a tag with "@sha256:" and 64 hexadecimal digits behind it; correct {{ .at }}.tag
{{- else if and $inTag .image.digest (ne $inTag .image.digest) -}}
{{ .at }}.tag ends in {{ $inTag }} and {{ .at }}.digest is {{ .image.digest }}; want one digest; remove one of them
{{- else if and (not $tag) (or $inTag .image.digest) -}}
{{ .at }}.digest is set and {{ .at }}.tag is empty; want both, so that people see the version; set {{ .at }}.tag to the tag that the digest was pushed with
{{- else if not $tag -}}
{{ .at }}.tag is empty; want an exact version; set {{ .at }}.tag
{{- else if eq $tag "latest" -}}
{{ .at }}.tag is {{ quote .image.tag }}, which names a different image every day; want an exact version; set {{ .at }}.tag
{{- end -}}
{{- end -}}
