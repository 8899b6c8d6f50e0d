export { findDebianLack } from './find-debian-lack.ts'
export { unpackDebian } from './unpack-debian.ts'
