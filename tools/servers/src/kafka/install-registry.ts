import { fetchArtifacts, UnreachableError } from '@opencore/toolchain/maven'
import { execa } from 'execa'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { makeScratchFolder } from '../scratch-folder.ts'
import { installJava21 } from './install-java-21.ts'

/** What Apicurio puts into the image of the registry. */
const APPLICATION = {
  sha256: '8bc6751c76d963734224b01d5e7f84ccb3cb61c87d3bd77c36c35f10a5cbed63',
  path: 'io/apicurio/apicurio-registry-app/3.3.3/apicurio-registry-app-3.3.3-all.tar.gz',
}

/** Apicurio Registry where a server's own account can read it. */
export interface RegistryInstallation {
  /** Such as `3.3.3`. */
  version: string
  java: string
  /** Arguments of `java` that run it. */
  args: string[]
  remove: () => Promise<void>
}

/**
 * Apicurio Registry, from the cache folder or from Maven Central, checked against its pinned digest: some 160 MB once.
 * @returns what is missing, for a test's `skip`, where there is no way to it or to Java 21
 */
export async function installRegistry(): Promise<RegistryInstallation | { missing: string }> {
  const cached = await fetchArtifacts('registry', [APPLICATION]).catch((error: unknown) => {
    if (error instanceof UnreachableError) return error
    throw error
  })
  if (cached instanceof UnreachableError) return { missing: `needs Maven Central: ${cached.message}` }
  const { path: folder, remove } = await makeScratchFolder('registry')
  const java = await installJava21(folder)
  if ('missing' in java) {
    await remove()
    return java
  }
  const application = join(folder, 'application')
  await mkdir(application)
  await execa('tar', ['--extract', '--file', cached[0] ?? '', '--directory', application])
  return {
    version: basename(dirname(APPLICATION.path)),
    java: java.command,
    args: [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Xmx320m',
      '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
      '-jar',
      join(application, 'quarkus-run.jar'),
    ],
    remove,
  }
}
