{{- /*
vault.serverConfiguration: what every server is told, as JSON, in which no value can be taken for a piece of syntax. Who it is
stands in its environment, so that all have one file. OpenBao takes a map with one key for a label: each has two or more.
https://openbao.org/docs/configuration/
Call: include "vault.serverConfiguration" $
*/ -}}
{{- define "vault.serverConfiguration" -}}
{{- $raft := dict "path" "/openbao/data" "performance_multiplier" 1 -}}
{{- if gt (int .Values.replicas) 1 -}}
{{- $join := list -}}
{{- range include "vault.members" . | fromYamlArray -}}
{{- $join = append $join (dict "leader_api_addr" (printf "https://%s:8200" .) "leader_ca_cert_file" "/openbao/tls/ca.crt") -}}
{{- end -}}
{{- $_ := set $raft "retry_join" $join -}}
{{- end -}}
{{- $listener := dict
      "address" "[::]:8200"
      "cluster_address" "[::]:8201"
      "tls_cert_file" "/openbao/tls/tls.crt"
      "tls_key_file" "/openbao/tls/tls.key"
      "tls_min_version" "tls12"
      "telemetry" (dict "unauthenticated_metrics_access" true) -}}
{{- $audit := dict "description" "Every request and answer, with secrets as hashes" "options" (dict "file_path" "stdout") -}}
{{- $configuration := dict
      "storage" (dict "raft" $raft)
      "listener" (list (dict "tcp" $listener))
      "seal" (list (dict .Values.seal.type (include "vault.seal" . | fromJson)))
      "audit" (list (dict "file" (dict "stdout" $audit)))
      "telemetry" (dict "prometheus_retention_time" "5m" "disable_hostname" true)
      "log_format" "json"
      "ui" false -}}
{{- toPrettyJson (merge $configuration (include "vault.plugin" . | fromJson)) -}}
{{- end -}}

{{- /*
vault.plugin: where the plugin of the seal is, as JSON; empty for a seal that OpenBao has itself. Its name is the seal's.
https://openbao.org/docs/configuration/plugins/
Call: include "vault.plugin" $ | fromJson
*/ -}}
{{- define "vault.plugin" -}}
{{- $settings := dict -}}
{{- if has .Values.seal.type (include "vault.pluginSeals" . | fromJsonArray) -}}
{{- $plugin := dict .Values.seal.type (omit .Values.seal.plugin "directory") -}}
{{- $settings = dict "plugin_directory" .Values.seal.plugin.directory "plugin" (list (dict "kms" $plugin)) -}}
{{- end -}}
{{- toJson $settings -}}
{{- end -}}

{{- /*
vault.pluginSeals: the seals that are plugins, as JSON. Call: include "vault.pluginSeals" $ | fromJsonArray
*/ -}}
{{- define "vault.pluginSeals" -}}
{{- list "awskms" "gcpckms" "azurekeyvault" | toJson -}}
{{- end -}}

{{- /*
vault.seal: the settings of the seal, as JSON. https://openbao.org/docs/configuration/seal/
Call: include "vault.seal" $ | fromJson
*/ -}}
{{- define "vault.seal" -}}
{{- $seal := get .Values.seal .Values.seal.type | default dict -}}
{{- $settings := dict -}}
{{- if eq .Values.seal.type "static" -}}
{{- $settings = dict "current_key_id" "first" "current_key" "file:///openbao/seal/key" -}}
{{- else -}}
{{- $names := dict
      "region" "region" "keyId" "kms_key_id" "endpoint" "endpoint"
      "project" "project" "keyRing" "key_ring" "cryptoKey" "crypto_key"
      "tenantId" "tenant_id" "vaultName" "vault_name" "keyName" "key_name"
      "address" "address" "mountPath" "mount_path" -}}
{{- range $name, $value := omit $seal "tokenSecret" -}}
{{- $_ := set $settings (get $names $name) $value -}}
{{- end -}}
{{- end -}}
{{- toJson $settings -}}
{{- end -}}

{{- /*
vault.firstConfiguration: the requests of a new and empty store, as JSON, which OpenBao runs once, with a root token that it
revokes and shows nobody: accounts may log in, and the Job may configure all else.
https://openbao.org/docs/configuration/self-init/
Call: include "vault.firstConfiguration" $
*/ -}}
{{- define "vault.firstConfiguration" -}}
{{- $requests := list
      (dict "accounts" (dict "operation" "update" "path" "sys/auth/kubernetes" "data" (dict "type" "kubernetes" "description" "Accounts of pods")))
      (dict "reviews" (dict "operation" "update" "path" "auth/kubernetes/config" "data" (dict "kubernetes_host" "https://kubernetes.default.svc" "disable_local_ca_jwt" false)))
      (dict "policy" (dict "operation" "update" "path" "sys/policies/acl/configurator" "data" (dict "policy" (include "vault.configuratorPolicy" .))))
      (dict "role" (dict "operation" "update" "path" "auth/kubernetes/role/configurator" "data" (include "vault.configuratorRole" . | fromJson))) -}}
{{- toPrettyJson (dict "initialize" (list (dict "access" (dict "request" $requests)))) -}}
{{- end -}}

{{- /*
vault.startScript: starts a server. A new store is made by the first of them alone, and only when every other says that it is
empty, too: one that lost its volume joins the others. The file of a store is there before its seal is, so the first is told
how to make a store at each start until it has said once that there is one; where there is, OpenBao makes none. OpenBao reads
a renewed certificate when it is told to.
Call: include "vault.startScript" $
*/ -}}
{{- define "vault.startScript" -}}
set -eu
arguments="-config=/openbao/configuration/server.json"
# What a member says, and nothing where it does not answer: the exit code does not tell that from an empty store.
ask() { BAO_CLIENT_TIMEOUT=5s BAO_MAX_RETRIES=0 bao operator init -status -address="$1" 2> /dev/null || true; }
isFirst() {
  while :; do
    empty=0
    for member in $MEMBERS; do
      case "$(ask "$member")" in
        'Vault is initialized') return 1 ;;
        'Vault is not initialized') empty=$((empty + 1)) ;;
      esac
    done
    [ "$empty" -lt "$OTHERS" ] || return 0
    echo "waiting until the other $OTHERS members say whether they have a store: $empty have none" >&2
    sleep 2
  done
}
# Marks the volume of a server that has a store, or has joined one.
watchStore() {
  until [ "$(ask "$BAO_ADDR")" = 'Vault is initialized' ]; do
    sleep 2
    kill -0 $$ 2> /dev/null || return 0
  done
  touch /openbao/data/initialized
}
if [ "$MAKES_STORE" = "$BAO_RAFT_NODE_ID" ] && [ ! -e /openbao/data/initialized ]; then
  if isFirst; then arguments="$arguments -config=/openbao/configuration/first.json"; fi
  watchStore &
fi
certificate() { cksum /openbao/tls/tls.crt 2> /dev/null || true; }
watchCertificate() {
  known=$(certificate)
  while sleep "$WATCH_SECONDS" && kill -0 $$ 2> /dev/null; do
    found=$(certificate)
    [ "$found" = "$known" ] || kill -HUP $$
    known=$found
  done
}
watchCertificate &
# shellcheck disable=SC2086
exec bao server $arguments
{{- end -}}
