{{- /*
What the operator makes of the name is a name too: its Services begin with a letter and have no dot, its pods carry their
StatefulSet's name (9 more characters, such as -sentinel) and a hash (11) in a label of 63.
*/ -}}
{{- define "redis.validate.names" -}}
{{- $name := include "redis.name" . -}}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" $name) }}
the release is named {{ $name }}, and Services cannot be; want letters, digits and hyphens, a letter first; install it under another name, or set fullnameOverride
{{- else if gt (len $name) 43 }}
the release is named {{ $name }}, with {{ len $name }} characters, and no pod could carry its StatefulSet's name; want at most 43; install it under another name, or set fullnameOverride
{{- end -}}
{{- if and (eq .Values.mode "cluster") .Values.cluster.separatePairs (regexMatch "leader|follower" $name) }}
cluster.separatePairs is true and the release is named {{ $name }}: the operator's webhook finds a leader's follower by these words, and would find none; want a name without leader and follower; install it under another name, or set fullnameOverride
{{- end -}}
{{- end -}}
