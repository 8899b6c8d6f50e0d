import { fetchArtifacts, readJars, UnreachableError, type Artifact } from '@opencore/toolchain/maven'
import { copyFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ensureCommand } from '../debian-package.ts'
import { makeScratchFolder } from '../scratch-folder.ts'

/** Kafka where a server's own account can read it. */
export interface KafkaInstallation {
  /** The version of the broker, such as `4.3.1`. */
  version: string
  /** Arguments of `java` that run one of Kafka's classes, or a Java source file. */
  run: (main: string, ...options: string[]) => string[]
  remove: () => Promise<void>
}

/**
 * Kafka's jars, from the cache folder or from Maven Central, each checked against its pinned digest: some 36 MB once.
 * @returns what is missing, for a test's `skip`, where there is neither Java nor a way to it, or no way to the jars
 */
export async function installKafka(): Promise<KafkaInstallation | { missing: string }> {
  const missing = await ensureCommand({ command: 'javac', package: 'openjdk-17-jdk-headless' })
  if (missing !== undefined) return { missing: `needs java: ${missing}` }
  const jars = readJars(join(import.meta.dirname, 'jars.txt'))
  const cached = await fetchArtifacts('kafka', jars).catch((error: unknown) => {
    if (error instanceof UnreachableError) return error
    throw error
  })
  if (cached instanceof UnreachableError) return { missing: `needs Maven Central: ${cached.message}` }
  const scratch = await makeScratchFolder('kafka')
  await Promise.all(cached.map((file) => copyFile(file, join(scratch.path, basename(file)))))
  const classPath = join(scratch.path, '*')
  return {
    version: versionOf(jars),
    run: (main, ...options) => [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      ...options,
      '-cp',
      classPath,
      main,
    ],
    remove: scratch.remove,
  }
}

/** The version in `org/apache/kafka/kafka-clients/4.3.1/kafka-clients-4.3.1.jar`. */
function versionOf(jars: readonly Artifact[]): string {
  const clients = jars.find(({ path }) => path.includes('/kafka-clients/'))
  if (!clients) throw new Error('jars.txt lacks kafka-clients')
  return basename(dirname(clients.path))
}
