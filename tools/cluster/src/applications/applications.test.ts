import { describe, expect, it } from 'vitest'
import type { Application } from './application.ts'
import { describeApplication } from './application-row.ts'
import { describeFailure } from './describe-failure.ts'
import { describeProgress } from './describe-progress.ts'
import { findLack } from './find-lack.ts'
import { findUnpromoted } from './find-unpromoted.ts'
import { prove } from './prove.ts'
import { rememberRefusals, type Refusals } from './remember-refusals.ts'

const healthy: NonNullable<Application['status']> = {
  sync: { status: 'Synced', revision: 'c0ffee' },
  health: { status: 'Healthy' },
}

function makeApplication(status?: Application['status']): Application {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'dev-accounts', labels: { 'opencore.dev/environment': 'dev' } },
    spec: { destination: { name: 'dev' }, source: { targetRevision: 'env/dev', path: 'accounts' } },
    ...(status && { status }),
  }
}

describe(findLack, () => {
  const expected = { name: 'dev-accounts', commit: 'c0ffee' }

  it('finds nothing in an Application that is Synced and Healthy at its commit', () => {
    expect(findLack(expected, makeApplication(healthy))).toBeUndefined()
  })

  it.each([
    ['not created yet', undefined],
    [
      'the new commit is not seen yet',
      makeApplication({ ...healthy, sync: { status: 'Synced', revision: 'old' } }),
    ],
    ['syncing', makeApplication({ ...healthy, operationState: { phase: 'Running' } })],
    ['OutOfSync', makeApplication({ ...healthy, sync: { status: 'OutOfSync', revision: 'c0ffee' } })],
    ['Progressing', makeApplication({ ...healthy, health: { status: 'Progressing' } })],
    ['no health yet', makeApplication({ sync: { status: 'Synced', revision: 'c0ffee' } })],
  ])('says "%s"', (lack, application) => {
    expect(findLack(expected, application)).toBe(lack)
  })
})

describe(findUnpromoted, () => {
  const words = (path: string) =>
    `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${path}: app path does not exist`
  const without = (path: string, targetRevision = 'refs/heads/env/dev') => {
    const conditions = [{ type: 'ComparisonError', message: words(path) }]
    const application = makeApplication({ ...healthy, sync: { status: 'Unknown' }, conditions })
    return { ...application, spec: { ...application.spec, source: { targetRevision, path: 'accounts' } } }
  }

  it('names the command that brings a folder which is not there yet', () => {
    expect(findUnpromoted(without('accounts'))).toBe('opencore promote dev accounts')
    for (const other of [makeApplication(healthy), without('cards'), without('accounts', 'hub/production')])
      expect(findUnpromoted(other)).toBeUndefined()
  })

  it('is what is said of it, in the place of the health that Argo CD has for nothing', () => {
    const said = 'nobody has promoted it yet: opencore promote dev accounts'
    const application = without('accounts')
    expect(findLack({ name: 'dev-accounts', commit: 'c0ffee' }, application)).toBe(said)
    expect(describeApplication(application, new Set())).toMatchObject({
      sync: 'Unknown',
      health: 'Missing',
      message: said,
    })
    expect(describeFailure({ name: 'dev-accounts' }, application, { seconds: 60 }).next).toBe(
      'opencore promote dev accounts',
    )
  })
})

describe(describeFailure, () => {
  it('gives every reason that Argo CD gives, once', () => {
    const { found } = describeFailure(
      { name: 'dev-accounts' },
      makeApplication({
        sync: { status: 'OutOfSync' },
        health: { status: 'Degraded' },
        conditions: [{ type: 'SyncError', message: 'failed to sync' }],
        operationState: {
          phase: 'Failed',
          message: 'one or more objects failed',
          syncResult: {
            resources: [{ kind: 'Service', name: 'a', status: 'SyncFailed', message: 'port is invalid' }],
          },
        },
        resources: [
          { kind: 'Deployment', name: 'b', health: { status: 'Degraded', message: 'quota exceeded' } },
        ],
      }),
      { seconds: 60, troubles: { blocked: [], waits: ['Cluster c waits: pod c-1: not started yet'] } },
    )
    expect(found).toMatchInlineSnapshot(`
      "nothing became ready for 60 s, and the Application is not Synced and Healthy: OutOfSync
          Argo CD says: SyncError: failed to sync
          Argo CD says: one or more objects failed
          Argo CD says: Service a: port is invalid
          Argo CD says: Deployment b is Degraded: quota exceeded
          Cluster c waits: pod c-1: not started yet
      "
    `)
  })
})

describe(rememberRefusals, () => {
  const attempt = (phase: string, message: string, refused?: string) =>
    makeApplication({
      operationState: {
        phase,
        message,
        syncResult: {
          resources: refused ? [{ kind: 'Service', name: 'a', status: 'SyncFailed', message: refused }] : [],
        },
      },
    })
  const retrying = attempt('Running', 'Retrying operation with latest revisions. Attempt #4')

  it('keeps the reason while Argo CD says only that it tries again', () => {
    const refusals: Refusals = new Map()
    rememberRefusals(refusals, new Map([['a', attempt('Running', 'one failed', 'port is invalid')]]))
    rememberRefusals(refusals, new Map([['a', retrying]]))
    const { found } = describeFailure({ name: 'a' }, retrying, {
      seconds: 30,
      refusals: refusals.get('a')?.lines,
    })
    expect(found).toContain('Argo CD says: Service a: port is invalid')
    expect(found).toContain('Argo CD says: Retrying operation with latest revisions. Attempt #4')
  })

  it('forgets it when a sync succeeds', () => {
    const refusal = { lines: ['port is invalid'], refused: ['port is invalid'], attempt: 0, at: 0 }
    const refusals: Refusals = new Map([['a', refusal]])
    rememberRefusals(refusals, new Map([['a', attempt('Succeeded', 'done')]]))
    expect(refusals.size).toBe(0)
  })
})

describe(describeProgress, () => {
  it('names the first of those that are waited for', () => {
    expect(describeProgress(7, ['a', 'b', 'c', 'd', 'e'])).toBe(
      '2 of 7 Applications are Synced and Healthy; waiting for a, b, c, d and 1 more',
    )
  })
})

describe(prove, () => {
  const played = new Set(['/Pod', 'networking.k8s.io/Ingress'])

  it.each([
    [
      'real',
      [
        { kind: 'Namespace', name: 'a' },
        { kind: 'ResourceQuota', name: 'b' },
      ],
    ],
    [
      'simulated',
      [
        { kind: 'Namespace', name: 'a' },
        { group: 'networking.k8s.io', kind: 'Ingress', name: 'b' },
      ],
    ],
    ['simulated', [{ group: 'apps', kind: 'Deployment', name: 'rests on pods' }]],
  ])('calls an Application as weak as its weakest object: %s', (proof, resources) => {
    expect(prove(resources, played)).toBe(proof)
  })
})

describe('an Application on real nodes', () => {
  const namespace = { kind: 'Namespace', name: 'a' }
  const pods = { group: 'apps', kind: 'Deployment', name: 'b' }
  const route = { group: 'networking.k8s.io', kind: 'Ingress', name: 'c' }

  it.each([
    ['real', [namespace]],
    ['real, stand-in image', [namespace, pods]],
    ['real, played Ingress', [namespace, route]],
    ['real, stand-in image, played Ingress', [pods, route, route]],
  ])('is told with what is not real of it: %s', (proof, resources) => {
    expect(prove(resources, new Set(['networking.k8s.io/Ingress']))).toBe(proof)
  })
})

describe(describeApplication, () => {
  it('takes the environment from the label of the Application', () => {
    expect(describeApplication(makeApplication(healthy), new Set())).toEqual({
      application: 'dev-accounts',
      environment: 'dev',
      sync: 'Synced',
      health: 'Healthy',
      proof: 'real',
    })
  })

  it('says that a person paused its automatic sync', () => {
    const application = makeApplication(healthy)
    const automated = (enabled?: boolean) => ({
      ...application,
      spec: { ...application.spec, syncPolicy: { automated: enabled === undefined ? {} : { enabled } } },
    })
    expect(describeApplication(automated(false), new Set())).toMatchObject({ paused: true })
    for (const running of [automated(true), automated(), application])
      expect(describeApplication(running, new Set())).not.toHaveProperty('paused')
    const waiting = { ...automated(false), status: { ...healthy, sync: { status: 'OutOfSync' as const } } }
    expect(findLack({ name: 'dev-accounts' }, waiting)).toBe(
      'OutOfSync, and a person paused its automatic sync',
    )
  })
})
