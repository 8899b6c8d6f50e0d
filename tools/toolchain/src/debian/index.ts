export { findDebianLack } from './find-debian-lack.ts'
export { unpackNode, unpackPostgres } from './unpack-debian.ts'
