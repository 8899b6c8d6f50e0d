import { SERVICE_RANGE } from '@opencore/cluster'
import type { NetworkPlan, NodePlace } from '../network/plan-network.ts'
import { OFF } from './nodes-folder.ts'
import { CNI } from './settings.ts'

/** What kubelet would change for the whole machine, with the values that it wants: it finds them, and changes nothing. */
export const TUNABLES = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
}

/** An image as a node takes it. */
export interface NodeImage {
  archive: string
  name: string
  aliases: readonly string[]
}

export interface NodeScripts {
  plan: NetworkPlan
  node: NodePlace
  /** The node's own folder. */
  folder: string
  /** Its control group, as a path below each hierarchy. */
  group: string
  /** Debian's packages, unpacked: a folder that lies over /usr. */
  packages: string
  tools: Readonly<Record<string, string>>
  /** The images that it has from the start. */
  images: readonly NodeImage[]
}

/**
 * What runs outside a node: it makes the namespaces, plugs the cable in, and ends the node when it is told to end, as a
 * switch of the power does. What an earlier start left in its control groups would cost the kubelet half a minute.
 */
export function outerScript({ plan, node, folder, group }: NodeScripts): string {
  return `set -u
while [ -e ${folder}/${OFF} ]; do sleep 0.2; done
find /sys/fs/cgroup/*${group} -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null
ip link delete ${node.link} 2>/dev/null
unshare --net --mount --mount-proc --pid --uts --ipc --fork --kill-child bash ${folder}/inner.sh &
outer=$!
trap 'kill -KILL $outer' TERM INT
for try in $(seq 100); do
  read -r inner rest < /proc/$outer/task/$outer/children && break
  sleep 0.05
done
ip link add ${node.link} type veth peer name eth0 netns $inner || kill -KILL $outer
ip link set ${node.link} master ${plan.bridge} up
wait $outer
status=$?
wait
exit $status
`
}

/** What runs inside: the machine's files with a few places of its own, then the processes that make it a node. */
export function innerScript(scripts: NodeScripts): string {
  const { plan, node, folder, packages, tools, images } = scripts
  const others = plan.nodes.filter(({ name }) => name !== node.name)
  const start = (name: string, command: string) =>
    `${command} >> /var/log/${name}.log 2>&1 &\nname[$!]=${name}`
  return `set -eu
declare -A name
mount -t overlay node -o ro,lowerdir=${packages}:/usr /usr
mount --bind ${folder}/lib /var/lib
mount --bind ${folder}/log /var/log
mount -t tmpfs -o mode=755 node /run
${Object.entries(TUNABLES)
  .map(([path, value]) => {
    const file = `/run/tunables/${path.replaceAll('/', '.')}`
    return `mkdir -p /run/tunables; echo ${value} > ${file}; [ ! -e /proc/sys/${path} ] || mount --bind ${file} /proc/sys/${path}`
  })
  .join('\n')}
mkdir -p ${CNI.programs} ${CNI.order}
ln -s /usr/lib/cni/* ${CNI.programs}
cp ${folder}/cni/* ${CNI.order}
hostname ${node.name}
for try in $(seq 100); do
  ip link show eth0 > /dev/null 2>&1 && break
  sleep 0.05
done
ip link set lo up
ip address add ${node.address}/24 dev eth0
ip link set eth0 up
ip route add ${SERVICE_RANGE} dev eth0
${others.map(({ pods, address }) => `ip route add ${pods} via ${address}`).join('\n')}
echo 1 > /proc/sys/net/ipv4/ip_forward
[ ! -e /proc/sys/net/bridge ] || echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
${start('containerd', `containerd --config ${folder}/containerd.toml`)}
for try in $(seq 300); do
  ctr version > /dev/null 2>&1 && break
  sleep 0.1
done
${images.map(importImage).join('\n')}
${start(
  'kubelet',
  `${tools['kubelet'] ?? ''} --config=${folder}/kubelet.json --kubeconfig=${folder}/kubelet.yaml --hostname-override=${node.name} --node-ip=${node.address} --node-labels=topology.kubernetes.io/zone=${node.zone}`,
)}
${start('kube-proxy', `${tools['kube-proxy'] ?? ''} --config=${folder}/proxy.json`)}
while sleep 1; do
  ${tools['kube-router'] ?? ''} --kubeconfig=${folder}/proxy.yaml --run-firewall=true --run-router=false --run-service-proxy=false --hostname-override=${node.name} --service-cluster-ip-range=${SERVICE_RANGE} --iptables-sync-period=60s --metrics-port=0 || echo 'kube-router ended, and starts again'
done >> /var/log/kube-router.log 2>&1 &
name[$!]=kube-router
set +e
wait -n -p ended
status=$?
echo "\${name[$ended]} ended with exit code $status; its log ends with"
tail -n 5 /var/log/\${name[$ended]}.log
exit 1
`
}

/** Names with a digest are given, since an archive's own has another. */
function importImage({ archive, name, aliases }: NodeImage): string {
  const ctr = 'ctr --namespace k8s.io images'
  return [
    `${ctr} import ${archive} > /dev/null`,
    ...aliases.map((alias) => `${ctr} tag --force ${name} ${alias} > /dev/null`),
  ].join('\n')
}
