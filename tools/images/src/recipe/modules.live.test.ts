import { findDebianLack, JDK, unpackImage } from '@opencore/toolchain/debian'
import { execa } from 'execa'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildImage } from '../build/build-image.ts'
import { enterRoot, findRootLack } from '../build/enter-root.ts'
import { facts } from './facts.ts'
import { jvmRecipe } from './jvm-recipe.ts'

const lack = findDebianLack()?.found ?? (await findRootLack())

// Not the other way round: what is loaded by name only, jdeps does not see.
it.for([facts])('$name names each module of Java that its code calls', async (service, { skip }) => {
  if (lack !== undefined) skip(lack)
  const { root } = await buildImage(jvmRecipe(service), console.error)
  const jdk = await unpackImage(JDK, console.error)
  const jars = ['', 'lib/'].flatMap((folder) =>
    readdirSync(join(root, 'app', folder))
      .filter((name) => name.endsWith('.jar'))
      .map((name) => `/app/${folder}${name}`),
  )
  const options = ['--multi-release', '25', '--ignore-missing-deps', '--print-module-deps']
  const [command = '', ...words] = enterRoot(
    jdk,
    { readOnly: true, network: false, mounts: { '/app': join(root, 'app') } },
    ['/usr/lib/jvm/java-25-openjdk-amd64/bin/jdeps', ...options, ...jars],
  )
  const { stdout } = await execa(command, words)
  const called = stdout.trim().split(',')
  expect(called).toContain('java.sql.rowset')
  expect(called.filter((module) => !service.modules.includes(module))).toEqual([])
})
