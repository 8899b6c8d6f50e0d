/**
 * What a real node needs of the distribution: programs in C, or linked with it, which the go command here cannot build,
 * and the libraries of theirs that not every machine has.
 */
export const NODE_PACKAGES = [
  'conntrack',
  'containerd',
  'containernetworking-plugins',
  'ipset',
  'iptables',
  'libbsd0',
  'libedit2',
  'libgmp10',
  'libip4tc2',
  'libip6tc2',
  'libipset13',
  'libjansson4',
  'libmd0',
  'libmnl0',
  'libnetfilter-conntrack3',
  'libnfnetlink0',
  'libnftables1',
  'libnftnl11',
  'libseccomp2',
  'libxtables12',
  'nftables',
  'runc',
] as const

/** The release whose packages have these names, as /etc/os-release says it. */
export const RELEASE = 'bookworm'
