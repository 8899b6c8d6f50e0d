import { expandApplicationSet, type KubernetesObject } from '@opencore/verify'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { openArgocd } from './argocd-command.ts'
import { root } from './opencore.ts'

const settings = join(root, 'argocd/notifications.yaml')

let argocd: Awaited<ReturnType<typeof openArgocd>>
let secret: string

/** The names of all. */
let triggers: string[]

beforeAll(async () => {
  const { data } = parse(await readFile(settings, 'utf8')) as { data: Record<string, string> }
  triggers = Object.keys(data).flatMap((key) => /^trigger\.(.+)$/.exec(key)?.slice(1) ?? [])
  argocd = await openArgocd()
  const metadata = { name: 'argocd-notifications-secret' }
  const stringData = { 'slack-token': 'only-for-this-test' }
  secret = await argocd.write(
    'secret.yaml',
    JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, stringData }),
  )
})
afterAll(() => argocd.close())

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const at = (minute: string, second: string) => `2026-11-28T10:${minute}:${second}Z`

const application = (status: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'dev-accounts', namespace: 'argocd' },
  spec: { project: 'dev-services' },
  status,
})

const operation = (phase: string, more: object = {}) => ({
  phase,
  operation: {},
  startedAt: at('00', '00'),
  finishedAt: at('00', '20'),
  message: 'one or more objects failed to apply',
  syncResult: { revision: 'c0ffee' },
  ...more,
})

const healthy = { status: 'Healthy', lastTransitionTime: at('00', '30') }

const refused = (minutes: number) => ({
  type: 'ComparisonError',
  message: 'signed with a key that is not allowed',
  lastTransitionTime: ago(minutes),
})

const states = {
  'runs a new version': { health: healthy, operationState: operation('Succeeded') },
  'was never synced': { health: { status: 'Missing', lastTransitionTime: at('00', '30') } },
  'is tried again, for the first time': {
    health: healthy,
    operationState: operation('Running', { retryCount: 1, startedAt: ago(1) }),
  },
  'is tried again and again': { health: healthy, operationState: operation('Running', { retryCount: 5 }) },
  'has failed': { health: healthy, operationState: operation('Failed') },
  'waits for somebody': { health: healthy, operationState: operation('Running', { startedAt: ago(16) }) },
  'cannot be read, since a moment': { health: healthy, conditions: [refused(9)] },
  'cannot be read': { health: healthy, conditions: [refused(11)] },
  'is warned of': { health: healthy, conditions: [{ ...refused(11), type: 'OrphanedResourceWarning' }] },
  'is broken': { health: { ...healthy, status: 'Degraded' }, operationState: operation('Succeeded') },
}

/** Asks the engine, which prints the condition and what became of it. */
async function ask(...args: string[]): Promise<string> {
  return argocd.ask('notifications', ...args, '--config-map', settings, '--secret', secret)
}

describe('what Argo CD tells a team', () => {
  it.each([
    ['runs a new version', 'on-deployed'],
    ['was never synced', 'nothing'],
    ['is tried again, for the first time', 'nothing'],
    ['is tried again and again', 'on-sync-failed'],
    ['has failed', 'on-sync-failed'],
    ['waits for somebody', 'on-sync-running'],
    ['cannot be read, since a moment', 'nothing'],
    ['cannot be read', 'on-sync-status-unknown'],
    ['is warned of', 'nothing'],
    ['is broken', 'on-health-degraded'],
  ] as const)('of an Application that %s: %s', async (state, wanted) => {
    const file = await argocd.write('application.yaml', JSON.stringify(application(states[state])))
    const answers = await Promise.all(
      triggers.map(async (trigger) => {
        const answer = await ask('trigger', 'run', trigger, file)
        const [, result] = /\s(true|false)\s*$/.exec(answer) ?? []
        expect(result, answer).toBeDefined()
        return result === 'true' ? [trigger] : []
      }),
    )
    expect(answers.flat()).toEqual(wanted === 'nothing' ? [] : [wanted])
  })

  it.each([
    ['runs a new version', 'app-deployed', 'dev-accounts runs c0ffee'],
    ['has failed', 'app-sync-failed', 'dev-accounts does not sync: one or more objects failed to apply'],
    [
      'waits for somebody',
      'app-sync-running',
      'dev-accounts still syncs after 15 minutes: one or more objects failed to apply \\(to end it: argocd app terminate-op dev-accounts\\)',
    ],
    [
      'cannot be read',
      'app-sync-status-unknown',
      'dev-accounts cannot be compared with git: signed with a key that is not allowed ',
    ],
    ['is broken', 'app-health-degraded', 'dev-accounts is degraded'],
  ] as const)('of an Application that %s, in words', async (state, template, message) => {
    const file = await argocd.write(`${template}.yaml`, JSON.stringify(application(states[state])))
    // A long one is folded.
    const said = (await ask('template', 'notify', template, file)).replaceAll(/\n +/g, ' ')
    expect(said).toMatch(new RegExp(`message: '?${message}'?$`))
  })

  it('has a trigger and a service for every subscription of every Application', async () => {
    const { data } = parse(await readFile(settings, 'utf8')) as { data: Record<string, string> }
    const applications = await readApplications()
    expect(applications.length).toBeGreaterThan(0)
    for (const { metadata } of applications) {
      const subscribed = Object.entries(metadata.annotations as Record<string, string>).flatMap(
        ([key, channel]) => {
          const [, trigger = '', service = ''] =
            /^notifications\.argoproj\.io\/subscribe\.(.+)\.(.+)$/.exec(key) ?? []
          return trigger === '' ? [] : [{ trigger, service, channel }]
        },
      )
      expect(subscribed, metadata.name).toHaveLength(triggers.length)
      for (const { trigger, service, channel } of subscribed) {
        expect(data).toHaveProperty([`trigger.${trigger}`])
        expect(data).toHaveProperty([`service.${service}`])
        expect(channel).toMatch(/^[a-z]+-(?:releases|alerts)$/)
      }
    }
  })
})

/** Every Application that the tree brings: what ApplicationSets make, and bootstraps. */
async function readApplications(): Promise<KubernetesObject[]> {
  const read = async (file: string) =>
    parseAllDocuments(await readFile(join(root, file), 'utf8')).map(
      (document) => document.toJS() as KubernetesObject,
    )
  const [sets, bootstraps] = await Promise.all([
    glob('argocd/*/applicationsets/*.yaml', { cwd: root }),
    glob('argocd/*/bootstrap.yaml', { cwd: root }),
  ])
  const made = await Promise.all(
    sets.map(async (file) =>
      (await read(file)).flatMap((set) => {
        const expanded = expandApplicationSet(set, file)
        if (!expanded.ok) throw new Error(`${file} does not expand`)
        return expanded.value
      }),
    ),
  )
  const own = await Promise.all(bootstraps.map(read))
  return [...made.flat(), ...own.flat().filter(({ kind }) => kind === 'Application')]
}
