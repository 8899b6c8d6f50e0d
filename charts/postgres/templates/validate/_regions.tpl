{{- /* Every region is known, and this one can become the primary. */ -}}
{{- define "postgres.validate.regions" -}}
{{- $backups := include "postgres.archives" . -}}
{{- with .Values.regions -}}
{{- $members := keys .members | sortAlpha -}}
{{- if .self -}}
{{- if lt (len $members) 2 }}
regions.self is {{ quote .self }} and regions.members has {{ len $members }}; want two regions or more, this one among them; add them, or remove regions.self
{{- end -}}
{{- range $key := list "self" "primary" -}}
{{- $region := get $.Values.regions $key | default "" -}}
{{- if not (has $region $members) }}
regions.{{ $key }} is {{ quote $region }}; want one of regions.members{{ with $members }} ({{ join ", " . }}){{ end }}; set regions.{{ $key }}
{{- end -}}
{{- end -}}
{{- range $region, $member := .members -}}
{{- if and (ne $region $.Values.regions.self) (not $member.objectStore) }}
regions.members.{{ $region }}.objectStore is not set; want where that region archives, or nothing can be followed or restored from there; set it
{{- end -}}
{{- end -}}
{{- if not $backups }}
regions.self is {{ quote .self }} and backups.{{ $.Values.backups.enabled | ternary "archive" "enabled" }} is false, so the other regions have nothing to follow; want an archive in each; set backups.{{ $.Values.backups.enabled | ternary "archive" "enabled" }} to true
{{- end -}}
{{- else -}}
{{- $inVain := list -}}
{{- range $key := list "primary" "members" "promotion" "promotionToken" "minApplyDelay" -}}
{{- if get $.Values.regions $key }}{{ $inVain = printf "regions.%s" $key | append $inVain }}{{ end -}}
{{- end -}}
{{- with $inVain }}
{{ join " and " . }} {{ len . | eq 1 | ternary "is" "are" }} set and regions.self is not; want this region's name; set regions.self
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
A region becomes the primary in one of three ways, and says which: a change of regions.primary alone would be a failover,
which loses what has not arrived and leaves the former primary to be made anew. The token belongs to the region that is
promoted, which follows without delay.
*/ -}}
{{- define "postgres.validate.promotion" -}}
{{- with .Values.regions -}}
{{- if .self -}}
{{- $isPrimary := not (include "postgres.isStandby" $) -}}
{{- if and $isPrimary (not .promotion) }}
regions.primary is this region, {{ quote .self }}, and regions.promotion is not set; want how it came to be: "first" where its cluster was made as the primary, "planned" with the token of the region that stepped down, "failover" where that region is lost; set regions.promotion
{{- end -}}
{{- if and .promotion (not $isPrimary) }}
regions.promotion is {{ quote .promotion }} and regions.primary {{ .primary | default "" | quote }}, not this region; want it where the primary is; remove it here
{{- end -}}
{{- if and .promotionToken (not $isPrimary) }}
regions.promotionToken is set and regions.primary is {{ .primary | default "" | quote }}, not this region; want the token where the new primary is; remove it here
{{- end -}}
{{- if and (eq (.promotion | default "") "planned") (not .promotionToken) }}
regions.promotion is "planned" and regions.promotionToken is not set, so this region would not wait for the last transaction; want .status.demotionToken of the region that stepped down; set regions.promotionToken, or regions.promotion to "failover" where that region is lost
{{- end -}}
{{- if and .promotionToken $isPrimary .promotion (ne .promotion "planned") }}
regions.promotionToken is set and regions.promotion is {{ quote .promotion }}, which has none; want "planned" with a token; set regions.promotion to "planned", or remove the token
{{- end -}}
{{- end -}}
{{- if .promotionToken -}}
{{- $token := regexMatch "^[A-Za-z0-9+/]+=*$" .promotionToken | ternary (b64dec .promotionToken) "" | fromJson -}}
{{- range $field := list "latestCheckpointTimelineID" "redoWalFile" "databaseSystemIdentifier" "latestCheckpointREDOLocation" "timeOfLatestCheckpoint" "operatorVersion" -}}
{{- if not (get $token $field) }}{{ $_ := set $token "missing" true }}{{ end -}}
{{- end -}}
{{- if $token.missing }}
regions.promotionToken is no demotion token; want .status.demotionToken of the old primary, all of it; copy it again
{{- end -}}
{{- if .minApplyDelay }}
regions.promotionToken and regions.minApplyDelay are both set; want no delay on the way to the token's last transaction; remove regions.minApplyDelay
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
