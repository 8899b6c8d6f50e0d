{{- /*
telemetry.cards: numbers of cards by brand, as one regular expression (RE2); each digit may have a separator before it, and marks
of what was looked at inside. Where a
brand has several lengths, `lazy` takes the first that something else follows, so that no date behind it belongs to it.
Call: include "telemetry.cards" (dict "lazy" true)
*/ -}}
{{- define "telemetry.cards" -}}
{{- $digit := `(?:(?:[ .+\-\x{00a0}]|%20)?[\x{e000}\x{e001}]*[0-9])` -}}
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
would be numbers; a word that ends with one may (`card4111...`), and so may an escape of JSON (\u003c). `marks` are private
characters behind which nothing is found again.
Call: include "telemetry.before" (dict "marks" `\x{e000}\x{e001}`)
*/ -}}
{{- define "telemetry.before" -}}
(?:^|[^0-9A-Fa-f{{ .marks }}]|[G-Zg-z_][A-Fa-f]{1,4}|\\(?:[bf]|u[0-9a-f]{4}))
{{- end -}}
{{- define "telemetry.after" -}}
(?:$|[^0-9A-Fa-f]|[A-Fa-f]{1,4}[G-Zg-z_])
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
      "cards" `[0-9](?:(?:[ .+\-\x{00a0}]|%20)?[0-9]){11}`
      "ibans" `[A-Z]{2}[0-9]{2}`
      "tokens" `[Bb]earer|BEARER|eyJ`
      "mail" `@|%40` -}}
{{- $patterns := list -}}
{{- range $name, $isOn := .Values.redaction -}}
{{- if $isOn -}}
{{- $patterns = append $patterns (get $rules $name) -}}
{{- end -}}
{{- end -}}
{{- join "|" $patterns -}}
{{- end -}}
