import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './opencore.ts'

/** What runs in the place of what is elsewhere, when commands of the document are run. */
export interface StandIns {
  /** Lines before a script of the document. */
  prelude: string
  /** A folder that comes first on the PATH. */
  bin: string
  /** What GitHub was told: `said` has the arguments of each call, and files what came with it. */
  github: string
}

/**
 * GitHub says whether it got JSON, and notes what it was told. Upstream's manifests are a module's. The real
 * `argocd cluster add` makes the account in the cluster; its last step goes into a pod of the repo-server, of which there
 * is none, so the Secret is written here.
 */
export async function makeStandIns(folder: string): Promise<StandIns> {
  const bin = join(folder, 'bin')
  const github = join(folder, 'github')
  await mkdir(bin)
  await mkdir(github)
  const { argocd = '' } = await ensureTools(['argocd'], console.error)
  await symlink(argocd, join(bin, 'argocd'))
  await writeFile(join(bin, 'gh'), gh(github))
  await chmod(join(bin, 'gh'), 0o755)
  return { bin, github, prelude: prelude(await moduleFolder('github.com/argoproj/argo-cd/v3')) }
}

const gh = (folder: string) => `#!/bin/bash
set -euo pipefail
echo "$*" >> '${folder}/said'
case "$1 $2 $*" in
  'repo view '*) echo bank ;;
  'secret set '*) cat > "${folder}/$3@$5" ;;
  *'--input -'*) jq --compact-output . >> '${folder}/bodies' ;;
  *' --jq '*) echo 42 ;;
esac
`

const prelude = (argocd: string) => `
set -euo pipefail
opencore() { ${process.execPath} ${join(root, 'bin/opencore.mjs')} "$@"; }
kubectl() {
  local args=()
  # Nothing runs the hub's pods, so a restart would never end.
  [[ "$*" == *' rollout status '* ]] && return 0
  for arg in "$@"; do args+=("\${arg/#https:*argo-cd*install.yaml/${argocd}/manifests/install.yaml}"); done
  command kubectl "\${args[@]}"
}
argocd() {
  command argocd "$@" || register dev
}
register() {
  local token server authority config
  token=$(command kubectl --context dev -n kube-system get secret argocd-manager-long-lived-token -o jsonpath={.data.token} | base64 -d)
  server=$(command kubectl config view --raw -o jsonpath='{.clusters[?(@.name=="dev")].cluster.server}')
  authority=$(command kubectl config view --raw -o jsonpath='{.clusters[?(@.name=="dev")].cluster.certificate-authority-data}')
  config=$(jq -n --arg token "$token" --arg authority "$authority" '{bearerToken: $token, tlsClientConfig: {caData: $authority}}')
  command kubectl --context hub -n argocd create secret generic cluster-dev --from-literal name=dev --from-literal server="$server" --from-literal config="$config"
  command kubectl --context hub -n argocd label secret cluster-dev argocd.argoproj.io/secret-type=cluster
}
`
