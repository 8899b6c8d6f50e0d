{{- /* An exact image, whose tag says PostgreSQL's version: the operator reads it there. */ -}}
{{- define "postgres.validate.image" -}}
{{- include "common.image.problem" (dict "image" .Values.image "at" "image") -}}
{{- $major := .Values.image.major -}}
{{- $hasCatalog := or .Values.imageCatalog.enabled .Values.imageCatalog.ref.name -}}
{{- with .Values.image.tag -}}
{{- $said := regexFind "^[0-9]+([.-]|$)" . | trimSuffix "." | trimSuffix "-" -}}
{{- if not (or $major $said (eq . "latest")) }}
image.tag is {{ quote . }}; want it to begin with PostgreSQL's version, which the operator reads there, such as 18.4-standard-trixie; set image.tag, or say the version in image.major with imageCatalog.enabled
{{- end -}}
{{- if and $major $said (ne (int $major) (int $said)) }}
image.major is {{ int $major }} and image.tag {{ quote . }}; want one version; remove image.major, or correct one
{{- end -}}
{{- end -}}
{{- if and $major (not $hasCatalog) }}
image.major is {{ int $major }}, and the operator reads the version in image.tag; want a catalogue, which says it beside the image; set imageCatalog.enabled to true, or remove image.major
{{- end -}}
{{- if and (ne .Values.imageCatalog.ref.kind "ImageCatalog") (not .Values.imageCatalog.ref.name) }}
imageCatalog.ref.kind is {{ quote .Values.imageCatalog.ref.kind }} and imageCatalog.ref.name is not set; want a catalogue by name; set imageCatalog.ref.name, or remove imageCatalog.ref.kind
{{- end -}}
{{- if and .Values.imageCatalog.ref.name (or .Values.imageCatalog.enabled .Values.imageCatalog.images) }}
imageCatalog.ref is {{ quote .Values.imageCatalog.ref.name }} beside imageCatalog.{{ .Values.imageCatalog.enabled | ternary "enabled" "images" }}, and a cluster has one catalogue; want one; remove the other
{{- end -}}
{{- if and (include "postgres.major" .) (lt (include "postgres.major" . | int) 15) }}
image.tag is {{ .Values.image.tag }}; want PostgreSQL 15 or newer: older ones get no more fixes; raise image.tag, and take data over by bootstrap.initdb.import
{{- end -}}
{{- $isOfficial := hasSuffix "cloudnative-pg/postgresql" .Values.image.repository -}}
{{- if and $isOfficial .Values.audit.enabled (contains "minimal" (toString .Values.image.tag)) }}
image.tag is {{ .Values.image.tag }}, an image without pgaudit, and audit.enabled is true, so the server could not start; want a "standard" image; change image.tag, or set audit.enabled to false
{{- end -}}
{{- $extensions := list -}}
{{- range .Values.extensionImages }}{{ $extensions = .name | replace "_" "-" | append $extensions }}{{ end -}}
{{- if and $isOfficial .Values.partitioning.enabled (not (has "pg-partman" $extensions)) }}
partitioning.enabled is true, and image.repository {{ .Values.image.repository }} has no pg_partman, so the server could not start; want the extension; add pg-partman to extensionImages, or use an image that has it
{{- end -}}
{{- range $index, $name := $extensions -}}
{{- $image := dig "image" "reference" "" (index $.Values.extensionImages $index) -}}
{{- if not (regexMatch "^[^@]+:[^/@:]+(@sha256:[0-9a-f]{64})?$" $image) }}
extensionImages[{{ $index }}].image.reference is {{ quote $image }}; want a tag, and a digest beside it where it is known; set it
{{- end -}}
{{- if has $name (slice $extensions 0 $index) }}
extensionImages[{{ $index }}].name is {{ quote $name }}, which is taken, "_" and "-" being one; want every name once; rename it
{{- end -}}
{{- end -}}
{{- if and .Values.extensionImages (include "postgres.major" .) (lt (include "postgres.major" . | int) 18) }}
extensionImages is set and image.tag is {{ .Values.image.tag }}; want PostgreSQL 18 or newer, which finds extensions outside its own folder; raise image.tag, or use an image that has the extensions
{{- end -}}
{{- range $name, $pooler := .Values.poolers -}}
{{- with $pooler.image -}}
{{- if not (regexMatch "^[^@]+:[^/@:]+(@sha256:[0-9a-f]{64})?$" .) }}
poolers.{{ $name }}.image is {{ quote . }}; want a tag, and a digest beside it where it is known; add the tag
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Every image of the catalogue is exact, and of the version that it stands for. */ -}}
{{- define "postgres.validate.catalog" -}}
{{- if .Values.imageCatalog.enabled -}}
{{- range $major, $image := .Values.imageCatalog.images -}}
{{- $at := printf "imageCatalog.images.%s" $major -}}
{{- $problem := include "common.image.problem" (dict "image" $image "at" $at) -}}
{{- if $problem }}
{{ $problem }}
{{- else if and (regexMatch "^[0-9]+([.-]|$)" $image.tag) (not (regexMatch (printf "^%s([.-]|$)" $major) $image.tag)) }}
{{ $at }}.tag is {{ quote $image.tag }}; want a version of PostgreSQL {{ $major }}; move it to its own number
{{- end -}}
{{- if eq $major (include "postgres.major" $) }}
{{ $at }} is the version of image.tag {{ quote $.Values.image.tag }}; want every version once; remove {{ $at }}
{{- end -}}
{{- end -}}
{{- range $key, $image := .Values.imageCatalog.components }}
{{ include "common.image.problem" (dict "image" $image "at" (printf "imageCatalog.components.%s" $key)) }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The operator appends to the name, and takes 50 characters of it; a Service is named after it. */ -}}
{{- define "postgres.validate.name" -}}
{{- range include "postgres.clusterNames" . | fromJsonArray -}}
{{- if or (gt (len .) 50) (not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" .)) }}
the name of a cluster is {{ quote . }}; want at most 50 letters, digits and "-", with a letter first, as the operator does; set fullnameOverride
{{- end -}}
{{- end -}}
{{- end -}}
