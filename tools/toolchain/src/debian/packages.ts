/** Packages that are unpacked together, and never installed. */
export interface PackageSet {
  /** Of its folder in the cache. */
  name: string
  /** The release that they are of. */
  release: string
  packages: readonly string[]
}

/** The release of this machine, as /etc/os-release says it: what lies over its own files has to fit them. */
export const RELEASE = 'bookworm'

/**
 * What a real node needs of the distribution: programs in C, or linked with it, which the go command here cannot build,
 * and the libraries of theirs that not every machine has.
 */
export const NODE: PackageSet = {
  name: 'nodes',
  release: RELEASE,
  packages: [
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
  ],
}

/**
 * An image's files: PostgreSQL of the major version that the platform's databases have, its contributed modules and pgAudit,
 * with every library that they load, and a shell, by which initdb starts what it needs. It is a root of its own, so that
 * the release is the one that has this version.
 */
export const POSTGRES: PackageSet = {
  name: 'postgresql',
  release: 'forky',
  packages: [
    'dash',
    'libaudit1',
    'libc-bin',
    'libc6',
    'libcap-ng0',
    'libcom-err2',
    'libcrypt1',
    'libgcc-s1',
    'libgssapi-krb5-2',
    'libicu78',
    'libk5crypto3',
    'libkeyutils1',
    'libkrb5-3',
    'libkrb5support0',
    'libldap2',
    'liblz4-1',
    'libnuma1',
    'libpam0g',
    'libpcre2-8-0',
    'libpq5',
    'libreadline8t64',
    'libsasl2-2',
    'libselinux1',
    'libssl3t64',
    'libstdc++6',
    'libsystemd0',
    'libtinfo6',
    'liburing2',
    'libuuid1',
    'libxml2-16',
    'libxslt1.1',
    'libxxhash0',
    'libzstd1',
    'postgresql-18',
    'postgresql-18-pgaudit',
    'postgresql-client-18',
    'tzdata',
    'zlib1g',
  ],
}

/**
 * Python with PostgreSQL's client for it, on which Barman's programs run, and every library that they load: of the release
 * that the plugin's own image is made of.
 */
export const PYTHON: PackageSet = {
  name: 'python',
  release: 'trixie',
  packages: [
    'libbz2-1.0',
    'libc6',
    'libcom-err2',
    'libcrypt1',
    'libexpat1',
    'libffi8',
    'libgcc-s1',
    'libgmp10',
    'libgnutls30t64',
    'libgssapi-krb5-2',
    'libhogweed6t64',
    'libidn2-0',
    'libk5crypto3',
    'libkeyutils1',
    'libkrb5-3',
    'libkrb5support0',
    'libldap2',
    'liblzma5',
    'libncursesw6',
    'libnettle8t64',
    'libp11-kit0',
    'libpq5',
    'libpython3.13-minimal',
    'libpython3.13-stdlib',
    'libreadline8t64',
    'libsasl2-2',
    'libsqlite3-0',
    'libssl3t64',
    'libstdc++6',
    'libtasn1-6',
    'libtinfo6',
    'libunistring5',
    'libuuid1',
    'libzstd1',
    'netbase',
    'python3-minimal',
    'python3-psycopg2',
    'python3.13-minimal',
    'tzdata',
    'zlib1g',
  ],
}

/** What a program in C of somebody else is linked with that brings everything but the C library. */
export const GLIBC: PackageSet = { name: 'glibc', release: RELEASE, packages: ['libc6', 'libgcc-s1'] }

/** What a Java virtual machine is linked with, and nothing else: no shell, no package manager. */
export const JVM_LIBRARIES: PackageSet = {
  name: 'jvm-libraries',
  release: 'forky',
  packages: ['libc6', 'libgcc-s1', 'libstdc++6', 'zlib1g'],
}

/** Java's compiler and linker with what they run on: what makes an image, and is not in it. */
export const JDK: PackageSet = {
  name: 'jdk',
  release: 'forky',
  packages: [...JVM_LIBRARIES.packages, 'openjdk-25-jdk-headless', 'openjdk-25-jre-headless'],
}
