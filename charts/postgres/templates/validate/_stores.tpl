{{- /*
Every object store can be reached: one login, that of the path's provider (barman-cloud chooses by it), all of it, and
no `serverName`, which the plugin reads elsewhere. Nor is it reached by a role
of Azure or Google, with which the plugin of backups lets the database read every Secret (postgres.storeConfiguration).
*/ -}}
{{- define "postgres.validate.stores" -}}
{{- $stores := dict -}}
{{- if include "postgres.archives" . }}{{ $_ := include "postgres.ownStore" . | fromJson | set $stores "backups" }}{{ end -}}
{{- range $region, $member := .Values.regions.members -}}
{{- if and $member.objectStore (ne $region ($.Values.regions.self | default "")) }}{{ $_ := set $stores (printf "regions.members.%s.objectStore" $region) $member.objectStore }}{{ end -}}
{{- end -}}
{{- with .Values.bootstrap.recovery.objectStore }}{{ $_ := set $stores "bootstrap.recovery.objectStore" . }}{{ end -}}
{{- range $index, $external := .Values.externalClusters -}}
{{- with $external.barmanObjectStore }}{{ $_ := omit . "serverName" | set $stores (printf "externalClusters[%d].barmanObjectStore" $index) }}{{ end -}}
{{- end -}}
{{- range $at, $store := $stores -}}
{{- $logins := list -}}
{{- range $key := list "s3Credentials" "azureCredentials" "googleCredentials" }}{{ if hasKey $store $key }}{{ $logins = append $logins $key }}{{ end }}{{ end -}}
{{- if and (ne (len $logins) 1) (ne $at "backups") }}
{{ $at }} has {{ $logins | empty | ternary "no credentials" (join " and " $logins) }}; want one of s3Credentials, azureCredentials and googleCredentials; set one
{{- end -}}
{{- $forms := dict "s3Credentials" "s3://BUCKET/PATH" "googleCredentials" "gs://BUCKET/PATH" "azureCredentials" "https://ACCOUNT.blob.core.windows.net/CONTAINER" -}}
{{- if eq (len $logins) 1 -}}
{{- $login := first $logins -}}
{{- $scheme := get (dict "s3Credentials" "^s3://[^/]" "googleCredentials" "^gs://[^/]" "azureCredentials" "^https?://[^/]+/.") $login -}}
{{- if and $store.destinationPath (not (regexMatch $scheme $store.destinationPath)) }}
{{ $at }}.destinationPath is {{ quote $store.destinationPath }} with {{ $login }}; want {{ get $forms $login }}; correct the path, or use the credentials of its provider
{{- end -}}
{{- $s3 := $store.s3Credentials | default dict -}}
{{- if and (eq $login "s3Credentials") (not $s3.inheritFromIAMRole) (not (and $s3.accessKeyId $s3.secretAccessKey)) }}
{{ $at }}.s3Credentials is not whole; want accessKeyId and secretAccessKey, or inheritFromIAMRole; set them
{{- end -}}
{{- $roles := dict "inheritFromAzureAD" "azureCredentials" "useDefaultAzureCredentials" "azureCredentials" "gkeEnvironment" "googleCredentials" -}}
{{- $keys := dict "azureCredentials" "storageAccount with storageKey or storageSasToken, or connectionString, of a Secret" "googleCredentials" "applicationCredentials of a Secret" -}}
{{- range $role, $of := $roles -}}
{{- if and (eq $login $of) (get (get $store $of) $role) }}
{{ $at }}.{{ $of }}.{{ $role }} is set, with which the plugin of backups lets the database read every Secret of the namespace; want {{ get $keys $of }}; set that, and leave {{ $role }} out
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $store.serverName }}
{{ $at }}.serverName is {{ quote $store.serverName }}, which the plugin does not take; want {{ eq $at "bootstrap.recovery.objectStore" | ternary "bootstrap.recovery.serverName" "backups.serverName" }}; move it there
{{- end -}}
{{- end -}}
{{- end -}}
