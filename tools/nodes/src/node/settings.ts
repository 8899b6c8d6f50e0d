import { WORKLOAD_IMAGE } from '../images/node-images.ts'
import type { NodePlace } from '../network/plan-network.ts'

/** The address in the range of Services where pods ask for names. */
export const DNS_ADDRESS = '10.96.0.10'

/**
 * Where a node has its plugins of the network and their order: places that it can write, and the same ones in all nodes, since
 * a mesh puts its own plugin there.
 */
export const CNI = { programs: '/run/cni/bin', order: '/run/cni/net.d' }

/** containerd's configuration. A machine may lack the right to lower the OOM score, and AppArmor's tools. */
export function containerdSettings(): string {
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper"]
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${WORKLOAD_IMAGE}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${CNI.programs}"
    conf_dir = "${CNI.order}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
`
}

/** The network of a node's pods: a bridge of its own, routed and never masqueraded. */
export function podNetwork({ pods }: NodePlace): object {
  return {
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'pods',
        isGateway: true,
        isDefaultGateway: true,
        hairpinMode: true,
        ipam: { type: 'host-local', ranges: [[{ subnet: pods }]] },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  }
}

/** The kubelet's. Thresholds of the disk are off: it is this machine's, and full for other reasons. */
export function kubeletSettings(folder: string, group: string): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: `${folder}/authority.crt` },
    },
    authorization: { mode: 'Webhook' },
    cgroupDriver: 'cgroupfs',
    cgroupRoot: group,
    failCgroupV1: false,
    failSwapOn: false,
    clusterDNS: [DNS_ADDRESS],
    clusterDomain: 'cluster.local',
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    enforceNodeAllocatable: [],
    evictionHard: {
      'imagefs.available': '0%',
      'imagefs.inodesFree': '0%',
      'memory.available': '100Mi',
      'nodefs.available': '0%',
      'nodefs.inodesFree': '0%',
    },
    imageGCHighThresholdPercent: 100,
    oomScoreAdj: 0,
    resolvConf: `${folder}/resolv.conf`,
    volumePluginDir: `${folder}/volume-plugins`,
  }
}

/** The proxy's. Limits of connection tracking are this machine's own, and stay as they are. */
export function proxySettings(folder: string, { name }: NodePlace, pods: string): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    clientConnection: { kubeconfig: `${folder}/proxy.yaml` },
    clusterCIDR: pods,
    hostnameOverride: name,
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    oomScoreAdj: 0,
  }
}
