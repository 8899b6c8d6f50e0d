{{- /*
telemetry.redaction: the transform processor that takes out what is secret. It works on one text a record: a body that is text as
it is, everything else as JSON, so that names of attributes and whatever is nested are seen as well. A statement that fails
stops the data (`propagate`): by default it would be passed on as it is.
Call: include "telemetry.redaction" $ | fromYaml
*/ -}}
{{- define "telemetry.redaction" -}}
{{- $any := include "telemetry.suspicious" . | quote -}}
error_mode: propagate
log_statements:
  {{- include "telemetry.cut" "log" | nindent 2 }}
  - conditions: ['IsString(log.body) and Len(log.body) > 65536']
    statements:
      - set(log.body, Substring(log.body, 0, 65536))
      # Half of a number would be no number.
      - replace_pattern(log.body, "[0-9A-Za-z .+-]{1,64}$", "")
  {{- include "telemetry.redactMap" (dict "root" . "at" "resource" "parts" (dict "attributes" "resource.attributes")) | nindent 2 }}
  {{- include "telemetry.redactMap" (dict "root" . "at" "scope" "parts" (dict "attributes" "scope.attributes" "name" "scope.name" "version" "scope.version")) | nindent 2 }}
  - conditions:
      - {{ printf "IsString(log.body) and IsMatch(log.body, %s)" $any | squote }}
    statements:
      - set(log.cache["text"], log.body)
      {{- include "telemetry.redactText" (dict "root" . "text" `log.cache["text"]` "cache" "log.cache") | nindent 6 }}
      - set(log.body, log.cache["text"])
  # Bytes are no text that anybody searches.
  - conditions: ['log.body != nil and not (IsString(log.body) or IsMap(log.body) or IsList(log.body) or IsInt(log.body) or IsDouble(log.body) or IsBool(log.body))']
    statements: ['set(log.body, "****")']
  {{- include "telemetry.redactMap" (dict "root" . "at" "log" "unless" "IsString(log.body)" "parts" (dict "body" "log.body")) | nindent 2 }}
  {{- include "telemetry.redactMap" (dict "root" . "at" "log" "parts" (dict "attributes" "log.attributes" "event" "log.event_name" "severity" "log.severity_text")) | nindent 2 }}
trace_statements:
  {{- include "telemetry.cut" "span" | nindent 2 }}
  {{- include "telemetry.cut" "spanevent" | nindent 2 }}
  {{- include "telemetry.redactMap" (dict "root" . "at" "resource" "parts" (dict "attributes" "resource.attributes")) | nindent 2 }}
  {{- include "telemetry.redactMap" (dict "root" . "at" "scope" "parts" (dict "attributes" "scope.attributes" "name" "scope.name" "version" "scope.version")) | nindent 2 }}
  {{- $parts := dict "attributes" "span.attributes" "name" "span.name" "message" "span.status.message" "state" "span.trace_state" }}
  {{- include "telemetry.redactMap" (dict "root" . "at" "span" "parts" $parts) | nindent 2 }}
  # Attributes of links cannot be looked at.
  - statements: ['set(span.links, nil)']
  {{- include "telemetry.redactMap" (dict "root" . "at" "spanevent" "parts" (dict "attributes" "spanevent.attributes" "name" "spanevent.name")) | nindent 2 }}
{{- end -}}

{{- /*
telemetry.redactMap: a group of statements over some parts of a record, as one JSON. What had nothing in it is left as it is: in
what comes back from JSON whole numbers are floating-point ones.
Call: include "telemetry.redactMap" (dict "root" $ "at" "span" "parts" (dict "name" "span.name"))
*/ -}}
{{- define "telemetry.redactMap" -}}
{{- $any := include "telemetry.suspicious" .root | quote -}}
{{- $cache := printf "%s.cache" .at -}}
{{- $unless := "" -}}
{{- with .unless -}}
{{- $unless = printf "not %s and " . -}}
{{- end -}}
{{- $fields := list -}}
{{- $empty := dict -}}
{{- range $name, $path := .parts -}}
{{- $_ := set $empty $name (eq $name "attributes" | ternary dict (eq $name "state" | ternary "" "****")) -}}
{{- $fields = printf "%q: %s" $name $path | append $fields -}}
{{- end -}}
{{- $lost := toJson $empty -}}
- conditions:
    {{- range .parts }}
    - {{ printf "%sIsMatch(%s, %s)" $unless . $any | squote }}
    {{- end }}
  statements:
    {{- if .unless }}
    {{- /* A list cannot be put into a map. */}}
    - {{ printf "set(%s[\"text\"], Concat([%q, String(%s), \"}\"], \"\"))" $cache "{\"body\":" .parts.body | squote }}
    {{- else }}
    - {{ printf "set(%s[\"all\"], {%s})" $cache (join ", " $fields) | squote }}
    - {{ printf "set(%[1]s[\"text\"], String(%[1]s[\"all\"]))" $cache | squote }}
    {{- end }}
    {{- include "telemetry.redactText" (dict "root" .root "text" (printf "%s[\"text\"]" $cache) "cache" $cache "isJson" true) | nindent 4 }}
    {{- /* The rest of the record is worth more than what cannot be read again. */}}
    - {{ printf "set(%[1]s[\"text\"], %[2]q) where not IsMatch(%[1]s[\"text\"], %[3]q)" $cache $lost (include "telemetry.json" .) | squote }}
    - {{ printf "set(%[1]s[\"all\"], ParseJSON(%[1]s[\"text\"]))" $cache | squote }}
    {{- range $name, $path := .parts }}
    - {{ printf "set(%s, %s[\"all\"][%q]) where IsMatch(%[1]s, %[4]s)" $path $cache $name $any | squote }}
    {{- end }}
{{- end -}}

{{- /*
telemetry.redactText: the statements over one text, as a YAML list. Cards are marked
(U+E002) before they are replaced: in JSON a number that has the mark becomes 0, whatever is left of it.
Call: include "telemetry.redactText" (dict "root" $ "text" "log.cache[\"text\"]" "cache" "log.cache" "isJson" true)
*/ -}}
{{- define "telemetry.redactText" -}}
{{- $rules := .root.Values.redaction -}}
{{- $text := .text -}}
{{- $escapes := hasKey . "isJson" | ternary (include "telemetry.escapes" .) "()" -}}
{{- $replace := list -}}
{{- if $rules.tokens -}}
{{- range include "telemetry.credentials" (dict "escapes" $escapes) | fromYamlArray -}}
{{- $replace = append $replace (list (index . 0) (index . 1 | replace "$" "$$")) -}}
{{- end -}}
{{- end -}}
{{- if $rules.cards -}}
{{- range include "telemetry.tracks" . | fromYamlArray -}}
{{- $replace = append $replace (list . "****") -}}
{{- end -}}
{{- end -}}
{{- if $rules.mail -}}
{{- $replace = append $replace (list (printf `%s[A-Za-z0-9._%%+\-]+(?:@|%%40)[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?\.[A-Za-z]{2,}` $escapes) "$${1}****") -}}
{{- end -}}
{{- if $rules.ibans -}}
{{- $replace = append $replace (list (include "telemetry.iban" .) "$${1}****") -}}
{{- end -}}
{{- range $replace }}
- {{ printf "replace_pattern(%s, %s, %q)" $text (index . 0 | quote) (index . 1) | squote }}
{{- end }}
{{- if $rules.cards }}
- {{ printf "replace_pattern(%s, %s, \"\")" $text (quote `[\x{e000}-\x{e002}]`) | squote }}
{{- range until 3 }}
{{- include "telemetry.redactCard" (merge (dict "lazy" true "marks" `\x{e000}\x{e001}` "mark" "\ue000") $) }}
{{- end }}
{{- /* Whoever writes more of them in one record than were looked at has all of the rest replaced. */}}
{{- $rest := printf "(%s)0{0,8}(?:%s)(%s)" (include "telemetry.before" (dict "marks" `\x{e000}\x{e001}`)) (include "telemetry.cards" (dict "lazy" true)) (include "telemetry.after" .) }}
{{- range until 2 }}
- {{ printf "replace_pattern(%s, %s, \"$${1}\ue002$${2}\")" $text (quote $rest) | squote }}
{{- end }}
{{- range until 2 }}
{{- include "telemetry.redactCard" (merge (dict "lazy" false "marks" `\x{e001}` "mark" "\ue001") $) }}
{{- end }}
- {{ printf "replace_pattern(%s, %s, \"\")" $text (quote `[\x{e000}\x{e001}]`) | squote }}
{{- if $.isJson }}
{{- /* Twice, since what ends one number begins the next. */}}
{{- range until 2 }}
- {{ printf "replace_pattern(%s, %s, \"$${1}0$${2}\")" $text (quote `(":|[,\[])[0-9.eE+\-\x{e002}]*\x{e002}[0-9.eE+\-\x{e002}]*([,}\]])`) | squote }}
{{- end }}
{{- end }}
- {{ printf "replace_pattern(%s, %s, \"****\")" $text (quote `\x{e002}+`) | squote }}
{{- end }}
{{- end -}}

{{- /*
telemetry.redactCard: looks at the next number that may be of a card. If its check digit is right it is replaced; if not it is
marked, so that the next look finds another. Call: include "telemetry.redactCard" (dict ... "lazy" true "marks" ... "mark" ...)
*/ -}}
{{- define "telemetry.redactCard" -}}
{{- $found := printf "%s[\"found\"]" .cache -}}
{{- $digits := printf "%s[\"digits\"]" .cache -}}
{{- $literal := printf "%s[\"literal\"]" .cache -}}
{{- $pattern := printf "%s(?P<found>0{0,8}(?:%s)|%s)%s" (include "telemetry.before" .) (include "telemetry.cards" .) (include "telemetry.padded" .) (include "telemetry.after" .) | quote }}
- {{ printf "set(%s, \"\")" $found | squote }}
- {{ printf "set(%s, ExtractPatterns(%s, %s)[\"found\"]) where IsMatch(%[2]s, %[3]s)" $found .text $pattern | squote }}
- {{ printf "set(%s, %s)" $digits $found | squote }}
- {{ printf "replace_pattern(%s, \"%%20|[^0-9]\", \"\")" $digits | squote }}
- {{ printf "replace_pattern(%s, \"^1[569]\", \"\")" $digits | squote }}
- {{ printf "set(%s, %s)" $literal $found | squote }}
- {{ printf "replace_pattern(%s, %s, %s)" $literal (quote `([.+\\])`) (quote `\$${1}`) | squote }}
- {{ printf "replace_pattern(%s, %s, \"\ue002\") where IsValidLuhn(%s)" .text $literal $digits | squote }}
- {{ printf "replace_pattern(%s, %s, Concat([%q, %s], \"\")) where %[4]s != \"\" and not IsValidLuhn(%[5]s)" .text $literal .mark $found $digits | squote }}
{{- end -}}

{{- /*
telemetry.cut: texts in attributes are at most 64 KiB: whoever writes megabytes would have the collector look at nothing else.
Call: include "telemetry.cut" "span"
*/ -}}
{{- define "telemetry.cut" -}}
- statements: ['truncate_all({{ . }}.attributes, 65536)']
{{- end -}}

{{- /*
telemetry.json: whether the words of a text are JSON's, as a regular expression; replacing changes words, and no braces.
Call: include "telemetry.json" $
*/ -}}
{{- define "telemetry.json" -}}
^(?:[{}\[\]:, \n]|"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?|true|false|null)*$
{{- end -}}
