import type { JsonObject } from '../json.ts'

/**
 * What a service is told of a part that it uses. What is in no file of ours comes from Secrets: as files, which the
 * kubelet renews in pods that run, while a variable stays what it was when the container started.
 */
export interface Settings {
  env: JsonObject
  /** Keys of Secrets that are files in a folder of their own, by its name. */
  files?: Readonly<Record<string, SecretFiles>>
  /** Secrets that are properties, by their prefix. */
  properties?: Readonly<Record<string, SecretProperties>>
  /** Phases of Spring's shutdown that may use up their time, beside the two that every service has. */
  shutdownPhases?: number
}

/** Keys of a Secret as files of their names: these alone, since others may be a private key of somebody else. */
export interface SecretFiles {
  secretName: string
  keys: readonly string[]
  /** Its reader takes no notice of a file that changes, and has to be started again. */
  readOnce?: true
}

/** Keys of a Secret as properties of Spring. */
export interface SecretProperties {
  secretName: string
  /** The key of each property, by the last part of its name. */
  keys: Readonly<Record<string, string>>
}

/** The folder of a Secret's files, in the container. */
export function folderOf(name: string): string {
  return `/etc/opencore/${name}`
}

/** A file of a Secret, as Spring names resources. */
export function fileUrl(name: string, key: string): string {
  return `file:${folderOf(name)}/${key}`
}

/** The variable that Spring reads as a property (https://docs.spring.io/spring-boot/reference/features/external-config.html). */
export function variableOf(property: string): string {
  return property.replaceAll('.', '_').replaceAll('-', '').toUpperCase()
}
