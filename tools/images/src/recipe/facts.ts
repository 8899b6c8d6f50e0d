import { workspaceRoot } from '@opencore/toolchain'
import { join } from 'node:path'
import type { JvmService } from './jvm-recipe.ts'

/** The service that stands for the bank's own where pods really run. */
export const facts: JvmService = {
  name: 'facts',
  folder: join(workspaceRoot(), 'images/facts'),
  version: '1.0.0',
  about: 'Keeps facts in PostgreSQL: a small service with all that the platform asks of a whole one',
  main: 'com.firefly.facts.Facts',
  modules: [
    'java.base',
    'java.compiler',
    'java.desktop',
    'java.instrument',
    'java.logging',
    'java.management',
    'java.naming',
    'java.net.http',
    'java.prefs',
    'java.scripting',
    'java.security.jgss',
    'java.sql.rowset',
    // The chart's flight recordings, and elliptic curves of TLS.
    'jdk.crypto.ec',
    'jdk.jfr',
    'jdk.management',
    'jdk.unsupported',
  ],
  rehearsal: { 'spring.profiles.active': 'rehearsal' },
}
