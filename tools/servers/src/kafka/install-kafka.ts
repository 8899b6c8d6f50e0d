import { cacheFolder, writeFileAtomically } from '@opencore/toolchain'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ensureCommand } from '../debian-package.ts'
import { makeScratchFolder } from '../scratch-folder.ts'

const REPOSITORY = 'https://repo1.maven.org/maven2'
const TIMEOUT_MILLISECONDS = 60_000

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
  const jars = await readJars()
  const cached = await fetchJars(jars).catch((error: unknown) => {
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
function versionOf(jars: readonly Jar[]): string {
  const clients = jars.find(({ path }) => path.includes('/kafka-clients/'))
  if (!clients) throw new Error('jars.txt lacks kafka-clients')
  return basename(dirname(clients.path))
}

interface Jar {
  sha256: string
  /** Path in a Maven repository. */
  path: string
}

async function readJars(): Promise<Jar[]> {
  const text = await readFile(join(import.meta.dirname, 'jars.txt'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [sha256 = '', path = ''] = line.split(/\s+/)
      return { sha256, path }
    })
}

/** Paths of all jars in the cache folder. Downloads come one after the other, once. */
async function fetchJars(jars: readonly Jar[]): Promise<string[]> {
  const folder = join(cacheFolder(), 'kafka')
  const files: string[] = []
  for (const { sha256, path } of jars) {
    const file = join(folder, basename(path))
    files.push(file)
    if (existsSync(file) && digest(readFileSync(file)) === sha256) continue
    const content = await download(`${REPOSITORY}/${path}`)
    if (digest(content) !== sha256)
      throw new Error(`${path} has sha256 ${digest(content)}; want ${sha256}, as jars.txt pins it`)
    writeFileAtomically(file, content)
  }
  return files
}

class UnreachableError extends Error {}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }).catch(
    (error: unknown) => new UnreachableError((error as Error).message),
  )
  if (response instanceof UnreachableError) throw response
  if (!response.ok) throw new UnreachableError(`${url} answers ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex')
