import { JDK, JVM_LIBRARIES } from '@opencore/toolchain/debian'
import { readJars } from '@opencore/toolchain/maven'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Recipe, Stage } from './recipe.ts'

/** A service in Java, by its folder: `src/`, `application.yaml`, and `jars.txt` with what it needs of Maven Central. */
export interface JvmService {
  name: string
  /** Absolute. */
  folder: string
  version: string
  about: string
  main: string
  /** Modules of Java that it loads; a test asks jdeps whether one lacks. */
  modules: readonly string[]
  /** System properties for a run that ends by itself, and has done what every start does: without a network or a database. */
  rehearsal: Readonly<Record<string, string>>
}

const JAVA = '/usr/lib/jvm/java-25-openjdk-amd64/bin'
const RUNTIME = '/opt/java'
/** The user of the platform's pods. */
const USER = '10001'

/**
 * Compile, link a Java of the modules alone, rehearse a start, and keep what the virtual machine learnt of it (an AOT cache,
 * JEP 514, Java's CDS archive of today): the next start takes it from there.
 */
export function jvmRecipe(service: JvmService): Recipe {
  const { name, folder, version, about } = service
  return {
    name,
    context: folder,
    stages: [
      { name: 'jdk', about: 'Java to compile and to link with', packages: JDK, steps: [] },
      compile(service),
      link(service),
      rehearse(service),
    ],
    settings: {
      labels: {
        'org.opencontainers.image.title': name,
        'org.opencontainers.image.description': about,
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.vendor': 'OpenCore Infrastructure',
        'org.opencontainers.image.licenses': 'Apache-2.0',
      },
      environment: { LANG: 'C.UTF-8', PATH: `${RUNTIME}/bin` },
      user: `${USER}:${USER}`,
      entrypoint: [`${RUNTIME}/bin/java`, `-XX:AOTCache=/app/${name}.aot`, '@/app/arguments'],
    },
  }
}

function compile({ name, folder }: JvmService): Stage {
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.java'))
    .sort()
    .map((file) => `/src/${file}`)
  const options = ['-Werror', '-Xlint:all', '-parameters', '-d', '/classes', '--class-path', '/app/lib/*']
  return {
    name: 'compiled',
    about: 'The service, and each of its libraries, checked against its digest',
    from: 'jdk',
    steps: [
      { fetch: readJars(join(folder, 'jars.txt')), to: '/app/lib/' },
      { copy: 'application.yaml', to: '/classes/application.yaml' },
      { copy: 'src', to: '/src' },
      { run: [`${JAVA}/javac`, ...options, ...sources] },
      {
        run: [
          `${JAVA}/jar`,
          ...['--create', '--date', '1980-01-01T00:00:02Z', '--file', `/app/${name}.jar`],
          ...['-C', '/classes', '.'],
        ],
      },
    ],
  }
}

function link({ modules }: JvmService): Stage {
  const small = ['--strip-java-debug-attributes', '--no-header-files', '--no-man-pages']
  // Symbols for debuggers are nine tenths of what Debian's modules have.
  const without = '--exclude-files=**.debuginfo'
  return {
    name: 'runtime',
    about: 'A Java of the modules that the service loads',
    from: 'jdk',
    steps: [
      {
        run: [
          `${JAVA}/jlink`,
          ...['--add-modules', modules.join(',')],
          ...small,
          ...['--compress', 'zip-6', without, '--output', RUNTIME],
        ],
      },
    ],
  }
}

function rehearse({ name, folder, main, rehearsal }: JvmService): Stage {
  const jars = readJars(join(folder, 'jars.txt')).map(({ path }) => `/app/lib/${basename(path)}`)
  const properties = Object.entries(rehearsal).map(([key, value]) => `-D${key}=${value}`)
  return {
    name: 'image',
    about:
      'Libraries of C, Java, the service: no shell, no package manager; and what a rehearsed start taught',
    packages: JVM_LIBRARIES,
    steps: [
      { write: `root:x:0:0::/:\nservice:x:${USER}:${USER}::/:\n`, to: '/etc/passwd' },
      { write: `root:x:0:\nservice:x:${USER}:\n`, to: '/etc/group' },
      { copy: RUNTIME, from: 'runtime', to: RUNTIME },
      { copy: '/app', from: 'compiled', to: '/app' },
      // The order of the libraries is part of what the cache is of.
      { write: ['-cp', [`/app/${name}.jar`, ...jars].join(':'), main, ''].join('\n'), to: '/app/arguments' },
      {
        run: [
          `${RUNTIME}/bin/java`,
          ...['-XX:+UseG1GC', `-XX:AOTCacheOutput=/app/${name}.aot`, '-Xlog:aot=error'],
          ...properties,
          '@/app/arguments',
        ],
      },
    ],
  }
}
