import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { renderCases } from '../shared/render-cases.ts'
import { root } from '../shared/root.ts'
import { startAlertmanager, writeFiles, type Alert, type Alertmanager } from './start-alertmanager.ts'
import { slackToken, startReceivers, type Message, type Receivers } from './start-receivers.ts'

// What the chart renders, run by Alertmanager itself; who is told is seen by what arrives.

let alertmanager: Alertmanager
let receivers: Receivers
let amtool = ''
let command = ''

/** Start it by a case of the chart, with little waiting. */
async function start(only: string, edit = (text: string) => text): Promise<Alertmanager> {
  const quick = ['grouping.waitSeconds=1', 'grouping.intervalSeconds=1']
  const here = [`slack.url=${receivers.slack}`, `pager.url=${receivers.pager}`]
  const [rendered] = await renderCases(root, 'observability', { only, set: [...quick, ...here] })
  const folder = await writeFiles(rendered?.objects ?? [], {
    'slack-token': slackToken,
    'watchdog-url': receivers.watchdog,
    'pager-payments': 'key-of-payments',
    'pager-platform': 'key-of-platform',
  })
  const file = join(folder, 'etc/alertmanager/config/alertmanager.yaml')
  await writeFile(file, edit(await readFile(file, 'utf8')))
  return startAlertmanager(command, folder)
}

// It is built for this test alone, once: about 4 min.
beforeAll(async () => {
  const tools = await ensureTools(['alertmanager', 'amtool'], console.error)
  ;({ alertmanager: command = '', amtool = '' } = tools)
  receivers = await startReceivers()
  alertmanager = await start('production')
})
afterAll(async () => {
  await alertmanager.stop()
  await receivers.stop()
})

const alert = (alertname: string, labels: Record<string, string>, more: Partial<Alert> = {}): Alert => ({
  labels: { alertname, environment: 'prod-eu-west-1', namespace: 'banking', ...labels },
  annotations: { summary: `${alertname} of ${labels['job'] ?? labels['pod'] ?? 'it'}` },
  ...more,
})
const watchdog = { opencore_signal: 'watchdog', severity: 'none' }
const about = (name: string, to?: string) => (message: Message) =>
  message.title.includes(name) && (to === undefined || message.to === to)
const toldOf = (name: string) =>
  [
    ...new Set(
      receivers
        .messages()
        .filter(about(name))
        .map(({ to }) => to),
    ),
  ].sort()

// Those of inhibitRule in pkg/alertmanager/types.go of prometheus-operator 0.93.1, which refuses others, without the older ones.
const fieldsOfInhibition = ['equal', 'source_matchers', 'target_matchers']
const listFieldsOfInhibition = (text: string) => [
  ...new Set((parse(text) as { inhibit_rules: object[] }).inhibit_rules.flatMap(Object.keys)),
]

describe('the configuration', () => {
  it.each(['minimal', 'production', 'standby', 'window'])('of the case %s is one', async (only) => {
    const [rendered] = await renderCases(root, 'observability', { only })
    const folder = await writeFiles(rendered?.objects ?? [], {})
    const file = join(folder, 'etc/alertmanager/config/alertmanager.yaml')
    const { stdout } = await execa(amtool, ['check-config', file])
    expect(stdout).toContain('SUCCESS')
    expect(listFieldsOfInhibition(await readFile(file, 'utf8')).sort()).toEqual(fieldsOfInhibition)
    await rm(folder, { recursive: true })
  })
  it.each([
    ['team=payments severity=warning', 'payments'],
    ['team=payments severity=info', 'payments'],
    ['team=payments severity=critical', 'escalation,payments-pager'],
    ['team=accounts severity=critical', 'escalation,accounts-and-platform-pager'],
    ['severity=critical', 'escalation,platform-pager'],
    ['severity=warning', 'platform'],
    ['team=nobody severity=warning', 'platform'],
    ['alertname=Watchdog opencore_signal=watchdog severity=none team=platform', 'watchdog'],
    ['alertname=Watchdog severity=warning team=payments', 'payments'],
    ['alertname=PodOnLostNode opencore_signal=node-lost severity=none team=platform', 'null'],
  ])('brings %s to %s', async (labels, wanted) => {
    const args = ['config', 'routes', 'test', `--config.file=${alertmanager.file}`]
    const { stdout } = await execa(amtool, [...args, `--verify.receivers=${wanted}`, ...labels.split(' ')])
    expect(stdout.trim()).toBe(wanted)
  })
})

describe('an alert', () => {
  it('reaches the channel of its team, and can be read', async () => {
    const runbook_url = 'https://example.com/runbooks#slow'
    const annotations = { summary: 'payments is slow', description: '3% are slow', runbook_url }
    const labels = { team: 'payments', severity: 'warning', pod: 'payments-1' }
    await alertmanager.send({ ...alert('Slow', labels), annotations })
    const message = await receivers.waitFor('the warning', about('Slow'))
    expect(message).toEqual({
      to: '#payments-alerts',
      status: 'firing',
      title: '1 firing: Slow, payments in prod-eu-west-1/banking',
      text: `warning: payments is slow (3% are slow) [payments-1]\nRunbook: ${runbook_url}`,
    })
    expect(toldOf('Slow')).toEqual(['#payments-alerts'])
  })
  it('that is critical wakes whoever is on call for the team, too', async () => {
    await alertmanager.send(alert('Down', { team: 'payments', severity: 'critical' }))
    await receivers.waitFor('the page', about('Down', 'key-of-payments'))
    await receivers.waitFor('the message', about('Down', '#payments-alerts'))
    expect(toldOf('Down')).toEqual(['#payments-alerts', 'key-of-payments'])
  })
  it('of a team with nobody on call wakes the platform', async () => {
    await alertmanager.send(alert('Lost', { team: 'accounts', severity: 'critical' }))
    await receivers.waitFor('the page', about('Lost', 'key-of-platform'))
    await receivers.waitFor('the message', about('Lost', '#accounts-alerts'))
    expect(toldOf('Lost')).toEqual(['#accounts-alerts', 'key-of-platform'])
  })
  it('of no team is heard by the platform', async () => {
    await alertmanager.send(alert('Orphan', { severity: 'warning' }))
    await receivers.waitFor('the message', about('Orphan', '#platform-alerts'))
  })
  it('is one message with its like', async () => {
    const pods = ['a', 'b', 'c'].map((pod) =>
      alert('Restarts', { team: 'payments', severity: 'warning', pod }),
    )
    await alertmanager.send(...pods)
    const { title, text } = await receivers.waitFor('the group', about('Restarts'))
    expect(title).toBe('3 firing: Restarts, payments in prod-eu-west-1/banking')
    expect(text.match(/^warning: /gm)).toHaveLength(3)
    await sleep(1500)
    expect(receivers.messages().filter(about('Restarts'))).toHaveLength(1)
  })
  it('that is over is said to be', async () => {
    const labels = { team: 'payments', severity: 'critical' }
    await alertmanager.send(alert('Brief', labels))
    await receivers.waitFor('the page', about('Brief', 'key-of-payments'))
    await alertmanager.send(alert('Brief', labels, { endsAt: new Date() }))
    const isOver = ({ status }: Message) => status === 'resolved'
    // The pager knows by its own key what is over, and is told no more.
    await receivers.waitFor('its end', (message) => isOver(message) && message.to === 'key-of-payments')
    const { title } = await receivers.waitFor(
      'the message',
      (message) => isOver(message) && about('Brief', '#payments-alerts')(message),
    )
    expect(title).toBe('resolved: Brief, payments in prod-eu-west-1/banking')
  })
})

describe('escalation', () => {
  const labels = { team: 'payments', severity: 'critical' }
  let short: Alertmanager

  // The team has 4 seconds, not 30 minutes.
  beforeAll(async () => {
    short = await start('production', (text) => text.replace('group_wait: 30m', 'group_wait: 4s'))
  })
  afterAll(() => short.stop())

  it('wakes the platform when an alert is still there after its time, and not before', async () => {
    await short.send(alert('Unheard', labels), alert('Mended', labels))
    await receivers.waitFor('the page', about('Unheard', 'key-of-payments'))
    await short.send(alert('Mended', labels, { endsAt: new Date() }))
    expect(toldOf('Unheard')).not.toContain('key-of-platform')
    const { title } = await receivers.waitFor('the escalation', about('Unheard', 'key-of-platform'))
    expect(title).toBe('nobody has it: 1 firing: Unheard, payments in prod-eu-west-1/banking')
    expect(toldOf('Mended')).not.toContain('key-of-platform')
  })
  it('wakes nobody for what somebody has silenced', async () => {
    await short.send(alert('Taken', labels))
    await receivers.waitFor('the page', about('Taken', 'key-of-payments'))
    const silence = ['alertname=Taken', '--author=on-call', '--comment=I have it', '--duration=1h']
    await execa(amtool, [`--alertmanager.url=${short.url}`, 'silence', 'add', ...silence])
    await sleep(5000)
    expect(toldOf('Taken')).not.toContain('key-of-platform')
  })
  it('is not put off by a restart: what is older than its time wakes at once', async () => {
    const startsAt = new Date(Date.now() - 31 * 60_000)
    await alertmanager.send(alert('Old', labels, { startsAt }))
    await receivers.waitFor('the escalation', about('Old', 'key-of-platform'))
  })
})

describe('what is explained by something else is not told', () => {
  it('by a node that is gone', async () => {
    const pod = 'ledger-1'
    const signal = { opencore_signal: 'node-lost', severity: 'none', team: 'platform' }
    await alertmanager.send(alert('PodOnLostNode', { pod, node: 'n1', ...signal }))
    await alertmanager.send(
      alert('Unreachable', { pod, severity: 'critical', team: 'payments' }),
      alert('Elsewhere', { pod: 'ledger-2', severity: 'warning', team: 'payments' }),
    )
    await receivers.waitFor('another pod', about('Elsewhere'))
    expect(toldOf('Unreachable')).toEqual([])
    const held = (await alertmanager.alerts()).find((one) => one.labels['alertname'] === 'Unreachable')
    expect(held?.status.inhibitedBy).toHaveLength(1)
  })
  it("not by a team's own alert of the same name", async () => {
    const pod = 'ledger-3'
    await alertmanager.send(
      alert('PodOnLostNode', { pod, severity: 'warning', team: 'payments' }),
      alert('RegionWaits', { namespace: 'a', severity: 'warning', team: 'payments' }),
    )
    await alertmanager.send(
      alert('StillHeard', { pod, waits: 'true', severity: 'warning', team: 'accounts' }),
    )
    await receivers.waitFor('the alert of another team', about('StillHeard', '#accounts-alerts'))
  })
  it('by the fast burn of the same objective', async () => {
    const slo = { slo: 'availability', team: 'payments' }
    await alertmanager.send(alert('BurnsFast', { ...slo, job: 'payments', severity: 'critical' }))
    await alertmanager.send(
      alert('BurnsSlowly', { ...slo, job: 'payments', severity: 'warning' }),
      alert('OtherBurnsSlowly', { ...slo, job: 'ledger', severity: 'warning' }),
    )
    await receivers.waitFor('another service', about('OtherBurnsSlowly'))
    expect(receivers.messages().filter(({ title }) => title.includes(': BurnsSlowly'))).toEqual([])
  })
  it('by a region that waits, where it does', async () => {
    const waiting = { waits: 'true', team: 'payments', severity: 'critical' }
    await alertmanager.send(alert('WaitsHere', waiting))
    await receivers.waitFor('what is marked and does not wait', about('WaitsHere'))
    const signal = { opencore_signal: 'region-waits', severity: 'none', team: 'platform' }
    await alertmanager.send(alert('RegionWaits', signal))
    await alertmanager.send(
      alert('NoTransfers', waiting),
      alert('BehindTheOther', { team: 'payments', severity: 'critical' }),
    )
    await receivers.waitFor('what matters there', about('BehindTheOther'))
    expect(toldOf('NoTransfers')).toEqual([])
  })
})

describe('a maintenance window', () => {
  it('is silent, but for the watchdog', async () => {
    const muted = await start('window')
    await muted.send(
      alert('Muted', { team: 'payments', severity: 'critical' }),
      alert('MutedOrphan', { severity: 'warning' }),
      alert('Watchdog', { ...watchdog, prometheus: 'monitoring/muted' }),
    )
    await receivers.waitFor('the watchdog', about('Watchdog'))
    await sleep(2500)
    expect([...toldOf('Muted'), ...toldOf('MutedOrphan')]).toEqual([])
    await muted.stop()
  })
})

describe('the watchdog', () => {
  // The operator drops prometheus_replica from what is sent (appendAlertingConfig, prometheus-operator 0.93.1): the halves of
  // a pair send one and the same alert.
  it('says each minute and for each Prometheus, once for both halves of a pair, that it works', async () => {
    const told = () => receivers.messages().filter(about('Watchdog')).length
    const before = told()
    const a = alert('Watchdog', { ...watchdog, prometheus: 'monitoring/a' })
    const b = alert('Watchdog', { ...watchdog, prometheus: 'monitoring/b' })
    await alertmanager.send(a, b)
    await alertmanager.send(a)
    await expect.poll(() => told() - before, { timeout: 10_000 }).toBe(2)
    await sleep(1500)
    expect(told() - before).toBe(2)
  })
})

describe('outside of production', () => {
  it('nobody is woken', async () => {
    const dev = await start('minimal')
    await dev.send(alert('DevDown', { severity: 'critical', team: 'platform' }))
    await receivers.waitFor('the message', about('DevDown'))
    expect(toldOf('DevDown')).toEqual(['#platform-alerts'])
    await dev.stop()
  })
})
