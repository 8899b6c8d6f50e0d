{{- /*
telemetry.digit: a digit with up to two separators before it, and marks of what was looked at inside. In JSON a tab is `\t`.
Call: include "telemetry.digit" $
*/ -}}
{{- define "telemetry.digit" -}}
(?:(?:[ .+\-/_\t\x{00a0}\x{2007}\x{2009}-\x{2015}\x{202f}]|%20|\\t){0,2}[\x{e000}\x{e001}]*[0-9])
{{- end -}}

{{- /*
telemetry.cards: numbers of cards by brand, as one regular expression (RE2). Where a
brand has several lengths, `lazy` takes the first that something else follows, so that no date behind it belongs to it.
Call: include "telemetry.cards" (dict "lazy" true)
*/ -}}
{{- define "telemetry.cards" -}}
{{- $digit := include "telemetry.digit" . -}}
{{- $to := .lazy | ternary "?" "" -}}
{{- $brands := list
      (printf `4%[1]s{12}(?:%[1]s{3}){0,2}%[2]s` $digit $to)
      (printf `5[1-5]%[1]s{14}` $digit)
      (printf `2(?:2(?:2[1-9]|[3-9][0-9])|[3-6][0-9]{2}|7(?:[01][0-9]|20))%[1]s{12}` $digit)
      (printf `3[47]%[1]s{13}` $digit)
      (printf `3(?:0[0-59]|[689][0-9])%[1]s{11}(?:%[1]s{2})?%[2]s` $digit $to)
      (printf `(?:220[0-4]|35(?:2[89]|[3-8][0-9])|6(?:011|4[4-9][0-9]|5[0-9]{2}|2[0-9]{2}))%[1]s{12,15}%[2]s` $digit $to)
      (printf `(?:50(?:18|20|38)|5893|6304|6759|676[1-3])(?:%[3]s%[1]s{8,15}%[2]s)` $digit $to (.lazy | ternary (printf `%s{12}|` $digit) "")) -}}
{{- join "|" $brands -}}
{{- end -}}

{{- /*
telemetry.before, telemetry.after: what may stand beside the number of a card. Hexadecimal digits may not, or parts of trace ids
would be numbers; a word that ends with one may (`card4111...`), and so may an escape of JSON (\u003c) and a currency of such
letters alone. `marks` are private
characters behind which nothing is found again.
Call: include "telemetry.before" (dict "marks" `\x{e000}\x{e001}`)
*/ -}}
{{- define "telemetry.before" -}}
(?:^|[^0-9A-Fa-f{{ .marks }}]|[G-Zg-z_][A-Fa-f]{1,4}|\\(?:[bf]|u[0-9a-f]{4})|(?:^|[^0-9A-Za-z])(?:AED|BBD|CAD|CDF))
{{- end -}}
{{- define "telemetry.after" -}}
(?:$|[^0-9A-Fa-f]|[A-Fa-f]{1,4}[G-Zg-z_]|(?:AED|BBD|CAD|CDF)(?:$|[^0-9A-Za-z]))
{{- end -}}

{{- /*
telemetry.padded: how long a number of a card is before it, as fixed messages have it (LLVAR of ISO 8583), for the lengths that
no time has. Call: include "telemetry.padded" $
*/ -}}
{{- define "telemetry.padded" -}}
{{- printf `16[2456]%[1]s{15}|153[47]%[1]s{13}|194%[1]s{18}` (include "telemetry.digit" .) -}}
{{- end -}}

{{- /*
telemetry.tracks: what a card's stripe and chip say (ISO/IEC 7813), without regard to check digits: a number before a name, or
before the month and the service's code. Bytes are base64 in JSON, where twelve digits look like nothing else.
Call: include "telemetry.tracks" $ | fromYamlArray
*/ -}}
{{- define "telemetry.tracks" -}}
- '%?[Bb][0-9](?: ?[0-9]){11,18}\^[^?"\\^]{0,26}(?:\^[0-9 ]*)?\??'
- ';?[0-9]{12,19}(?:=|%3[Dd]|D)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3,}\??'
- '[A-Za-z0-9+/]*(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){4}[A-Za-z0-9+/]*={0,2}'
{{- end -}}

{{- /*
telemetry.credentials: pairs of what is secret by how it looks or by the key that it has, and what replaces it.
Call: include "telemetry.credentials" (dict "escapes" "...") | fromYamlArray
*/ -}}
{{- define "telemetry.credentials" -}}
{{- $key := `"(?:[^"\\]*[^"\\A-Za-z])?(?i:authorization|cookie|password|secret|token)"|"[^"\\]*[a-z0-9](?:Authorization|Cookie|Password|Secret|Token)"` -}}
{{- $text := `"(?:[^"\\]|\\.)*"` -}}
{{- $value := printf `%[1]s|\[(?:%[1]s|[^"\[\]{}])*\]|-?[0-9][0-9.eE+\-]*|true|false` $text -}}
{{- $pem := `-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY-----` -}}
- [{{ printf `((?:%s): ?)(?:%s)` $key $value | toJson }}, '${1}"****"']
# JSON in a text of JSON.
- [{{ `(\\+"(?:[^"\\]*[^"\\A-Za-z])?(?i:authorization|cookie|password|secret|token)\\+": ?\\+")[^"\\]*` | toJson }}, '${1}****']
- [{{ printf `%s[^"]*?-----END [A-Z0-9 ]{0,20}PRIVATE KEY-----` $pem | toJson }}, '****']
# One that was cut has no end.
- [{{ printf `%s(?:[A-Za-z0-9+/=:, \r\n\-]|\\[nrt])*` $pem | toJson }}, '****']
- [{{ printf `%s(?:[Bb]earer|BEARER)(?:[ \t+]|\\t|%%20)+[A-Za-z0-9._~+/=\-]+` .escapes | toJson }}, '${1}Bearer ****']
- [{{ printf `%s(?:[Bb]asic|BASIC)(?:[ \t+]|\\t|%%20)+[a-z]*[A-Z0-9+/=][A-Za-z0-9+/=_\-]{4,}` .escapes | toJson }}, '${1}Basic ****']
- ['eyJ[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*)*', '****']
- ['hv[sbr]\.[A-Za-z0-9_\-]{16,}', '****']
{{- end -}}

{{- /*
telemetry.escapes: escapes of JSON that stand before a word, and are no part of it: without them the n of \n would be.
Call: include "telemetry.escapes" $
*/ -}}
{{- define "telemetry.escapes" -}}
((?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)
{{- end -}}

{{- /*
telemetry.iban: numbers of accounts, in capitals alone: without regard to case it would eat one trace id in twenty.
Call: include "telemetry.iban" $
*/ -}}
{{- define "telemetry.iban" -}}
{{- $gap := `(?:[ \-\x{00a0}]|%20)?` -}}
{{- printf `(^|[^0-9A-Z]|IBAN)[A-Z]{2}[0-9]{2}(?:%[1]s[0-9A-Z]{4}){2}%[1]s[0-9A-Z]{3,4}(?:%[1]s[0-9A-Z]{1,4}){0,5}` $gap -}}
{{- end -}}

{{- /*
telemetry.suspicious: whether there may be anything to replace; most texts end here, since the rest costs far more.
Call: include "telemetry.suspicious" $
*/ -}}
{{- define "telemetry.suspicious" -}}
{{- $rules := dict
      "cards" (printf `[0-9]%s{11}|(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){4}` (include "telemetry.digit" .))
      "ibans" `[A-Z]{2}[0-9]{2}`
      "tokens" `[Bb]earer|BEARER|[Bb]asic|BASIC|eyJ|hv[sbr]\.|PRIVATE KEY|(?i:authorization|cookie|password|secret|token)\\*":`
      "mail" `@|%40` -}}
{{- $patterns := list -}}
{{- range $name, $isOn := .Values.redaction -}}
{{- if $isOn -}}
{{- $patterns = append $patterns (get $rules $name) -}}
{{- end -}}
{{- end -}}
{{- join "|" $patterns -}}
{{- end -}}
