import {
  describeDrill,
  drills,
  listFailures,
  NAMESPACE,
  openStage,
  runDrill,
  ZONES,
  type Stage,
} from '@opencore/drills'
import { findLack } from '@opencore/nodes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAskedMetrics } from './real/read-asked-metrics.ts'
import { renderStage } from './real/render-stage.ts'

const lack = await findLack()
if (lack !== undefined) process.stderr.write(`CloudNativePG on real nodes: skipped: ${lack}\n`)

const poll = { timeout: 180_000, interval: 500 }
const patient = { timeout: 700_000 }
const say = (line: string) => process.stderr.write(`${line}\n`)

describe.skipIf(lack !== undefined)('CloudNativePG on real nodes', () => {
  let opened: Stage | undefined
  const stage = () => {
    if (opened === undefined) throw new Error('no nodes run')
    return opened
  }
  const began = Date.now()
  beforeAll(async () => {
    opened = await openStage(renderStage, say, { withService: true })
  })
  afterAll(() => opened?.stop())

  it(
    'has its instances run, one in each zone, behind policies that deny by default',
    { timeout: 700_000 },
    async () => {
      await stage().awaitHealthy()
      say(`ledger-db: ${ZONES.length} instances ${Math.round((Date.now() - began) / 1000)} s after nothing`)
      const path = '{range .items[*]}{.spec.nodeName}{"\\n"}{end}'
      const selected = ['get', 'pods', '-l', 'cnpg.io/podRole=instance', '-o', `jsonpath=${path}`]
      const nodes = await stage().kubectl(['-n', NAMESPACE, ...selected])
      expect(nodes.trim().split('\n').sort()).toEqual(ZONES.map((zone) => `node-${zone}-1`))
    },
  )

  it('has the service that owns it answer whoever the graph lets in, with a row of it', patient, async () => {
    await stage().startService()
    await stage().startCaller({ name: 'caller', service: 'cards', namespace: NAMESPACE })
    await stage().startCaller({ name: 'nobody', service: 'default', namespace: 'default' })
    const url = `http://ledger.${NAMESPACE}.svc.cluster.local:8080/api/v1/ledger/facts`
    const ask = (namespace: string, pod: string) =>
      stage().kubectl(['-n', namespace, 'exec', pod, '--', '/program', 'get', url])
    await expect.poll(() => ask(NAMESPACE, 'caller'), poll).toBe('[]')
    const primary = await stage().readPrimary()
    const psql = ['psql', '-qAt', '-d', 'ledger', '-c', "insert into fact (text) values ('a posting')"]
    await stage().kubectl(['-n', NAMESPACE, 'exec', primary, '--', ...psql])
    expect(JSON.parse(await ask(NAMESPACE, 'caller'))).toMatchObject([{ text: 'a posting' }])
    say(`ledger: answers with a row ${Math.round((Date.now() - began) / 1000)} s after nothing`)
    expect(await ask('default', 'nobody')).toMatch(/refused|deadline|timeout/i)
    // Clients have its labels, and answer nobody.
    await stage().kubectl(['-n', NAMESPACE, 'delete', 'deployment', 'ledger'])
  })

  it('lets the service that owns it in, which verifies whom it talks to', async () => {
    await stage().startClient({ name: 'owner', service: 'ledger' })
    await expect.poll(() => stage().sql('owner', 'select 1'), poll).toBe('1')
    const secured = 'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()'
    expect(await stage().sql('owner', secured)).toBe('t|TLSv1.3')
  })

  it('refuses it in plain text', async () => {
    expect(await stage().sql('owner', 'select 1', { mode: 'disable' })).toContain('no encryption')
  })

  it.each([
    ['whose own policies do not let it out', 'cards', NAMESPACE],
    ['of a namespace without any', 'default', 'default'],
  ])('refuses a pod %s', async (_, service, namespace) => {
    await stage().startClient({ name: service, service, namespace })
    const ask = () => stage().sql(service, 'select 1', { namespace })
    await expect.poll(ask, poll).toMatch(/timeout expired|Connection refused/)
  })

  it(
    'archives its log, and has a base backup by its schedule; what alerts ask of both is told',
    patient,
    async () => {
      await expect.poll(() => stage().isArchiving(), poll).toBe(true)
      const backup = await stage().awaitBackup()
      say(`ledger-db: ${backup} completed ${Math.round((Date.now() - began) / 1000)} s after nothing`)
      const primary = await stage().readPrimary()
      const asked = await readAskedMetrics('backups')
      const lacking = async () => {
        const told = await stage().readMetrics(primary)
        return asked.filter((metric) => !new RegExp(`^${metric}[{ ]`, 'm').test(told))
      }
      await expect.poll(lacking, poll).toEqual([])
      const told = await stage().readMetrics(primary)
      const last = /^barman_cloud_cloudnative_pg_io_last_available_backup_timestamp (\S+)/m.exec(told)
      expect(Date.now() / 1000 - Number(last?.[1])).toBeLessThan(3600)
    },
  )

  it('loses no acknowledged row when its primary is lost', patient, async () => {
    const drill = drills.find(({ name }) => name === 'postgres-pod-loss')
    if (drill === undefined) throw new Error('there is no such drill')
    const report = await runDrill(stage(), drill)
    say(describeDrill(report))
    expect(listFailures(drill, report)).toEqual([])
  })
})
