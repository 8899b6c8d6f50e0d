{{- /*
vault.configuratorPolicy: what the Job may do: say who logs in, what they may do, and where secrets are kept. It reads none.
Whoever runs as its account may give itself more; that account belongs to the platform.
Call: include "vault.configuratorPolicy" $
*/ -}}
{{- define "vault.configuratorPolicy" -}}
path "sys/policies/acl" { capabilities = ["list"] }
path "sys/policies/acl/*" { capabilities = ["create", "read", "update", "delete"] }
path "auth/kubernetes/role" { capabilities = ["list"] }
path "auth/kubernetes/role/*" { capabilities = ["create", "read", "update", "delete"] }
path "sys/mounts" { capabilities = ["read"] }
path "sys/mounts/*" { capabilities = ["create", "read", "update"] }
{{ include "vault.databasesPolicy" . }}
{{- end -}}

{{- /*
vault.role: who logs in by which account, and what with, as JSON. The token is a batch token: nothing of it is kept, and it ends
by itself. https://openbao.org/api-docs/auth/kubernetes/
Call: include "vault.role" (dict "root" $ "namespace" "banking-services" "serviceAccount" "accounts" "policy" "accounts")
*/ -}}
{{- define "vault.role" -}}
{{- toJson (dict
      "bound_service_account_names" (list .serviceAccount)
      "bound_service_account_namespaces" (list .namespace)
      "audience" .root.Values.configuration.audience
      "token_type" "batch"
      "token_policies" (list .policy)
      "token_no_default_policy" true
      "token_ttl" "15m"
      "token_max_ttl" "15m") -}}
{{- end -}}

{{- /*
vault.configuratorRole: that of the Job. Call: include "vault.configuratorRole" $ | fromJson
*/ -}}
{{- define "vault.configuratorRole" -}}
{{- include "vault.role" (dict "root" . "namespace" .Release.Namespace "serviceAccount" (include "vault.jobName" .) "policy" "configurator") -}}
{{- end -}}

{{- /*
vault.clientPolicy: what a client may do: read what is below its folders and its logins, and ask what its token is, as External
Secrets does before it calls a store ready.
Call: include "vault.clientPolicy" (dict "mount" "kv" "read" (list "services/dev/accounts"))
*/ -}}
{{- define "vault.clientPolicy" -}}
{{- range .read }}
path {{ printf "%s/data/%s/*" $.mount . | quote }} { capabilities = ["read"] }
{{- end }}
{{- range .logins }}
path {{ printf "database/static-creds/%s" . | quote }} { capabilities = ["read"] }
{{- end }}
path "auth/token/lookup-self" { capabilities = ["read"] }
{{- end -}}

{{- /*
vault.writerPolicy: what a writer may do: write what is below its folders, and ask what its token is.
Call: include "vault.writerPolicy" (dict "mount" "kv" "write" (list "services/dev/accounts"))
*/ -}}
{{- define "vault.writerPolicy" -}}
{{- range .write }}
path {{ printf "%s/data/%s/*" $.mount . | quote }} { capabilities = ["create", "update"] }
path {{ printf "%s/metadata/%s/*" $.mount . | quote }} { capabilities = ["create", "update"] }
{{- end }}
path "auth/token/lookup-self" { capabilities = ["read"] }
{{- end -}}

{{- /*
vault.configuration: the files that the Job applies, by name: a policy and a role of each client and writer, and of the Job itself;
connections and logins of databases.
Call: include "vault.configuration" $ | fromYaml
*/ -}}
{{- define "vault.configuration" -}}
{{- $files := dict
      "policy.configurator.hcl" (include "vault.configuratorPolicy" .)
      "role.configurator.json" (include "vault.configuratorRole" .) -}}
{{- $names := list "configurator" -}}
{{- range $kind := list "client" "writer" -}}
{{- range $name, $who := get $.Values.configuration (printf "%ss" $kind) -}}
{{- $names = append $names $name -}}
{{- $policy := include (printf "vault.%sPolicy" $kind) (mergeOverwrite (dict "mount" $.Values.configuration.mount) $who) | trim -}}
{{- $_ := set $files (printf "policy.%s.hcl" $name) $policy -}}
{{- $role := include "vault.role" (dict "root" $ "namespace" $who.namespace "serviceAccount" $who.serviceAccount "policy" $name) -}}
{{- $_ := set $files (printf "role.%s.json" $name) $role -}}
{{- end -}}
{{- end -}}
{{- $_ := set $files "names" (join "\n" $names) -}}
{{- toYaml (merge $files (include "vault.databaseFiles" . | fromYaml)) -}}
{{- end -}}

{{- /*
vault.configureScript: applies the files, tells of what nobody configured, and removes it where it is told to. It may run any
number of times. Call: include "vault.configureScript" $
*/ -}}
{{- define "vault.configureScript" -}}
set -eu
logIn() {
  BAO_TOKEN="$(bao write -field=token auth/kubernetes/login role=configurator jwt=@"$TOKEN_FILE")" || return 1
  export BAO_TOKEN
}
logIn
# The name in `policy.accounts.hcl`.
nameOf() { name="${1##*/}"; name="${name#*.}"; echo "${name%.*}"; }
if ! bao read "sys/mounts/$MOUNT" > /dev/null 2>&1; then
  bao write "sys/mounts/$MOUNT" type=kv options=version=2
fi
for file in "$CONFIGURATION"/policy.*.hcl; do
  bao policy write "$(nameOf "$file")" "$file"
done
for file in "$CONFIGURATION"/role.*.json; do
  bao write "auth/kubernetes/role/$(nameOf "$file")" @"$file"
done
# Roles first, so that nobody logs in to a policy that is gone.
found="$(bao list auth/kubernetes/role)"
echo "$found" | tail -n +3 | grep -vxF -f "$CONFIGURATION/names" | while read -r name; do
  echo "unknown role: $name"
  if [ "$UNKNOWN" = remove ]; then bao delete "auth/kubernetes/role/$name"; fi
done
found="$(bao policy list)"
echo "$found" | grep -vxF -f "$CONFIGURATION/names" | grep -vxE 'default|root' | while read -r name; do
  echo "unknown policy: $name"
  if [ "$UNKNOWN" = remove ]; then bao policy delete "$name"; fi
done
{{ include "vault.databasesScript" . }}
{{- end -}}
