{{- /* Names that Kafka takes, and tells apart: it folds "." and "_" into one in the names of its metrics. */ -}}
{{- define "kafka.validate.topics" -}}
{{- $folded := dict -}}
{{- $objects := dict -}}
{{- range $name, $topic := include "kafka.topics" . | fromYaml -}}
{{- $fold := replace "." "_" $name -}}
{{- with get $folded $fold }}
topics {{ . }} and {{ $name }} are one to Kafka, which reads "." and "_" alike; want names that differ elsewhere; rename one of them
{{- end -}}
{{- $_ := set $folded $fold $name -}}
{{- if hasPrefix "__" $name }}
topics.{{ $name }} begins with "__", as Kafka's own topics do; want another name; rename it
{{- end -}}
{{- if gt (len $name) 249 }}
the topic {{ $name }} has {{ len $name }} characters; want at most 249; shorten the name of the topic or of the group
{{- end -}}
{{- end -}}
{{- range $name, $topic := .Values.topics -}}
{{- $config := ($topic | default dict).config | default dict -}}
{{- $policy := get $config "cleanup.policy" -}}
{{- if and (eq ($topic.preset | default "") "compactedState") $policy (not (contains "compact" $policy)) }}
topics.{{ $name }}.config.cleanup.policy is {{ $policy }} and the preset is compactedState; want the newest value of each key kept; remove it, or use the preset eventStream
{{- end -}}
{{- if and (eq $.Values.tier "production") (eq (get $config "unclean.leader.election.enable") "true") }}
topics.{{ $name }}.config.unclean.leader.election.enable is true and tier is production; want leaders that have every acknowledged record; remove it
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Something can be balanced. */ -}}
{{- define "kafka.validate.balancing" -}}
{{- if and .Values.cruiseControl.enabled (lt (include "kafka.brokerCount" . | int) 2) }}
cruiseControl.enabled is true and there is one broker; want at least two to balance; set cruiseControl.enabled to false
{{- end -}}
{{- if and .Values.rebalances (not .Values.cruiseControl.enabled) }}
rebalances is set and cruiseControl.enabled is false; want who carries them out; set cruiseControl.enabled to true
{{- end -}}
{{- range $name, $_ := .Values.rebalances -}}
{{- if has $name (list "add-brokers" "remove-brokers") }}
rebalances.{{ $name }} has the name of a template of the chart's own; want another name; rename it
{{- end -}}
{{- end -}}
{{- end -}}
