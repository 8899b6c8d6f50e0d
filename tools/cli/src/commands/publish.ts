import { Argument, Command, Option } from '@commander-js/extra-typings'
import type { Finding } from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { checkSource } from '../deliver/check-source.ts'
import { formatTable } from '../output/format-table.ts'
import { Refusal } from '../output/refusal.ts'
import { readEpoch } from '../package/read-epoch.ts'
import type { Published } from '../publish/chart-package.ts'
import { preparePackages } from '../publish/prepare-packages.ts'
import { KEY_VARIABLE, PASSPHRASE_VARIABLE, readKey, readKeyring } from '../publish/read-key.ts'
import { readLogin } from '../publish/read-login.ts'
import { publishToFolder } from '../publish/to-folder.ts'
import { handOver, publishToRegistry } from '../publish/to-registry.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

export const publishCommand = new Command('publish')
  .description(
    'bring the charts to where they are installed from, signed; a version that is out never changes',
  )
  .addArgument(new Argument('<destination>', 'oci://host/path, or the folder of a chart repository'))
  .addOption(
    new Option('--key <file>', `the secret key to sign with; without it, what is in ${KEY_VARIABLE}`),
  )
  .addOption(
    new Option('--keyring <file>', 'public keys that signed before: what they signed stays as it is'),
  )
  .addOption(
    new Option('--username <name>', 'who pushes; without it, whom helm or docker knows as logged in'),
  )
  .addOption(new Option('--password-stdin', 'read the password from the input').default(false))
  .addOption(
    new Option(
      '--hand-over <folder>',
      'push nothing to the registry: compare, sign, and put all into this folder for whoever may push',
    ),
  )
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'publish oci://registry.example.com/charts --key charts.key': 'after helm registry login',
      'publish oci://registry.example.com/charts --username ci --password-stdin < password.txt':
        'without one',
      'publish ../charts-site --key charts.key': 'into a folder that a web server serves',
      'publish oci://registry.example.com/charts --key charts.key --hand-over ../to-push':
        'for a job that may push, and has no key',
    }),
  )
  .addHelpText('after', `\nThe passphrase of the key is read from ${PASSPHRASE_VARIABLE}.`)
  .action(
    async (
      destination,
      { key: keyFile, keyring: keyringFile, username, passwordStdin, handOver: handed, output },
      command,
    ) => {
      const { terminal, root } = openSession(command)
      const report = (line: string) => {
        terminal.note(line)
      }
      const isRegistry = destination.startsWith('oci://')
      if (handed !== undefined && !isRegistry) throw new Refusal([noRegistry(destination)])
      const key = await readKey(keyFile, process.env)
      const earlier = keyringFile === undefined ? [] : [await readKeyring(keyringFile)]
      const login = await readLogin(username, passwordStdin, process.stdin)
      await checkSource(root)
      const { helm = '', publisher = '' } = await ensureTools(['helm', 'publisher'], report)
      const epoch = await readEpoch(root)
      const scratch = await mkdtemp(join(tmpdir(), 'opencore-publish-'))
      try {
        const packages = await preparePackages(
          { root, scratch, helm, publisher, key, keyFile, epoch },
          report,
        )
        const keyring = { publisher, keys: [key.key, ...earlier] }
        const registry = { address: destination.replace(/\/+$/, ''), login, keyring, epoch }
        const folder = { folder: resolve(destination), named: destination, helm, keyring, epoch }
        const published = !isRegistry
          ? await publishToFolder(packages, folder)
          : handed === undefined
            ? await publishToRegistry(packages, registry, report)
            : await handOver(packages, registry, resolve(handed))
        terminal.data(output === 'json' ? JSON.stringify(published, null, 2) : format(published))
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
    },
  )

const format = (published: readonly Published[]) =>
  formatTable(
    ['chart', 'version', 'state', 'where'],
    published.map(({ chart, version, state, reference }) => [chart, version, state, reference]),
  )

const noRegistry = (destination: string): Finding => ({
  code: 'HAND_OVER',
  severity: 'error',
  at: { file: 'opencore publish' },
  found: `--hand-over with ${destination}, which is a folder`,
  wanted: 'a registry, which somebody else pushes to',
  next: `opencore publish ${destination}, which writes the same files there`,
})
