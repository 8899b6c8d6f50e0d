import { isRunning, layOut, readStatus, type Application } from '@opencore/cluster'
import { findLack } from '@opencore/nodes'
import { takeInventory } from '@opencore/nodes/testing'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './opencore.ts'
import { findHealthy, startTestPlatform, until, type TestPlatform } from './test-platform.ts'

const lack = await findLack()
if (lack !== undefined) process.stderr.write(`opencore up on real nodes: skipped: ${lack}\n`)

const NAMESPACE = 'banking-services'
const LEDGER = `http://ledger.${NAMESPACE}.svc.cluster.local:8080/api/v1/ledger/facts`
/** Nodes may start while others compile. */
const patient = { timeout: 700_000 }
const say = (line: string) => process.stderr.write(`${line}\n`)

describe.skipIf(lack !== undefined)('opencore up --nodes real', () => {
  let platform: TestPlatform
  let kubectl: (...args: string[]) => Promise<string>
  let before: Awaited<ReturnType<typeof takeInventory>>

  /** What a service's own pod is answered by the ledger. */
  const askAs = (service: string) =>
    kubectl('-n', NAMESPACE, 'exec', `deployment/${service}`, '--', '/program', 'get', LEDGER)
  const killSupervisor = async () => {
    const status = await readStatus(platform.folder)
    if (status.phase !== 'running') throw new Error(`the platform is ${status.phase}`)
    process.kill(status.supervisor.supervisor.pid, 'SIGKILL')
    await until('end of the supervisor', 10, async () => !(await isRunning(status.supervisor.supervisor)))
  }

  // Waits for kubelets, an operator and a database: one to three minutes on two cores.
  beforeAll(async () => {
    before = await takeInventory(join(tmpdir(), 'nobody'))
    platform = await startTestPlatform('-e', 'dev', '--nodes', 'real')
    say(`dev on real nodes: what can run was Synced and Healthy after ${platform.seconds.toFixed(0)} s`)
    const tools = await ensureTools(['kubectl'], say)
    const kubeconfig = join(layOut(platform.folder).kubeconfigs, 'env-dev.yaml')
    kubectl = async (...args) => {
      const command = ['--kubeconfig', kubeconfig, ...args]
      const { stdout, stderr } = await execa(tools['kubectl'] ?? '', command, {
        reject: false,
        timeout: 60_000,
      })
      return stdout === '' ? stderr : stdout
    }
  })
  afterAll(() => platform.close())

  it('runs what has an operator and an image, and names the rest with its reason', () => {
    expect(Object.fromEntries(platform.rows.map(({ application, proof }) => [application, proof]))).toEqual({
      'dev-bootstrap': 'real',
      'dev-foundation': 'real',
      'dev-mesh': 'real',
      'dev-accounts-db': 'real',
      'dev-ledger-db': 'real',
      'dev-cards': 'real, stand-in image',
      'dev-customers': 'real, stand-in image',
      'dev-edge-gateway': 'real, stand-in image, played HTTPRoute',
      'dev-ledger': 'real, stand-in image',
      'dev-accounts': expect.stringMatching(/^skipped: needs (cache|events)$/) as string,
      'dev-cache': expect.stringMatching(/^skipped: no operator of /) as string,
      'dev-events': 'skipped: no operator of Kafka on real nodes',
      'dev-notifications': 'skipped: no operator of ExternalSecret on real nodes',
      'dev-observability': 'skipped: no operator of ExternalSecret on real nodes',
      'dev-payments': 'skipped: needs events',
      'dev-pki': 'skipped: no operator of Certificate on real nodes',
      'dev-telemetry': expect.stringMatching(/^skipped: no operator of /) as string,
      'dev-vault': expect.stringMatching(/^skipped: no operator of /) as string,
    })
  })

  it('says the same by status, also of what was left out', async () => {
    const proofs = (rows: readonly { application: string; proof: string }[]) =>
      Object.fromEntries(rows.map(({ application, proof }) => [application, proof]))
    expect(proofs(await platform.status())).toEqual(proofs(platform.rows))
  })

  it('runs what this checkout asks for, as it is on these nodes', async () => {
    const { stdout, stderr } = await platform.run('diff', 'dev', '--live')
    expect(stdout, stderr).toBe('nothing differs')
  })

  it('has the ledger answer whom the graph lets in with a row of its database, and nobody else', async () => {
    const psql = ['psql', '-qAt', '-d', 'ledger', '-c', "insert into fact (text) values ('a posting')"]
    await kubectl('-n', NAMESPACE, 'exec', 'ledger-db-1', '-c', 'postgres', '--', ...psql)
    expect(JSON.parse(await askAs('cards'))).toMatchObject([{ text: 'a posting' }])
    expect(await askAs('customers')).toMatch(/refused|deadline|timeout/i)
  })

  it('brings what is pushed: a second pod runs', async () => {
    const clone = await platform.clone('env/dev')
    await clone.edit('customers/manifests.yaml', (text) =>
      text.replace(/^ {2}replicas: .*/m, '  replicas: 2'),
    )
    const pushed = await clone.push('two customers')
    const there = await until<Application>('change', 120, () =>
      findHealthy(platform.hub, 'dev-customers', pushed),
    )
    const path = 'jsonpath={.status.readyReplicas}'
    expect(await kubectl('-n', NAMESPACE, 'get', 'deployment', 'customers', '-o', path)).toBe('2')
    say(`a pushed change was Healthy on real nodes after ${there.seconds.toFixed(0)} s`)
  })

  it('comes back by the next up after its supervisor was killed, with its data', patient, async () => {
    await killSupervisor()
    const started = Date.now()
    const up = await platform.run('up')
    expect(up.exitCode, up.stderr).toBe(0)
    say(`after a crash dev was back on real nodes after ${Math.round((Date.now() - started) / 1000)} s`)
    expect(JSON.parse(await askAs('cards'))).toMatchObject([{ text: 'a posting' }])
  })

  it('refuses other nodes, and another environment, while it is there', async () => {
    for (const words of [
      ['-e', 'dev', '--nodes', 'simulated'],
      ['-e', 'staging'],
    ]) {
      const { exitCode, stderr } = await platform.run('up', ...words)
      expect(exitCode).toBe(2)
      expect(stderr).toContain('[NODES]')
    }
  })

  it('leaves nothing behind after down, even when its supervisor was killed', async () => {
    await killSupervisor()
    expect((await platform.run('down')).exitCode).toBe(0)
    expect(await takeInventory(platform.folder)).toEqual(before)
  })

  it('leaves nothing behind after Ctrl-C', patient, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opencore-interrupt-'))
    const args = [join(root, 'bin/opencore.mjs'), 'up', '-e', 'dev', '--nodes', 'real']
    const child = execa(process.execPath, args, {
      cwd: root,
      env: { OPENCORE_PLATFORM_FOLDER: folder },
      reject: false,
      stdin: 'ignore',
    })
    await until('first containers', 600, async () => (await takeInventory(folder)).grouped > 0)
    child.kill('SIGINT')
    expect((await child).exitCode).toBe(130)
    expect(await takeInventory(folder)).toEqual(before)
    await rm(folder, { recursive: true })
  })
})
