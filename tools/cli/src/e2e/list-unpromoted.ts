import type { Application } from '@opencore/cluster'
import { beforeAll, describe, expect, it } from 'vitest'
import { applications, until, type TestPlatform } from './test-platform.ts'

const listed = `          - release: fees
            namespace: banking-services
            team: payments
            news: payments-releases
            alerts: payments-alerts
            scaled: none
`

/** Tests on a platform with `dev`. */
export function testUnpromoted(platformOf: () => TestPlatform): void {
  let platform: TestPlatform
  beforeAll(() => {
    platform = platformOf()
  })

  describe('a release that the hub lists, and nobody has promoted', () => {
    it('is not Healthy, and says what to promote', async () => {
      const clone = await platform.clone('hub/nonproduction')
      await clone.edit('argocd/dev/applicationsets/services.yaml', (text) =>
        text.replace(/^( +- list:\n +elements:\n)/m, `$1${listed}`),
      )
      await clone.push('a release')
      const metadata = { name: 'dev-fees', namespace: 'argocd' }
      const { value } = await until('an Application without a folder', 120, async () => {
        const found = await platform.hub.get<Application>({ ...applications, metadata })
        return found?.status?.conditions !== undefined && found
      })
      // Healthy, since it has no object that is not.
      expect(value.status).toMatchObject({
        sync: { status: 'Unknown' },
        health: { status: 'Healthy' },
        conditions: [{ message: expect.stringMatching(/ fees: app path does not exist$/) as string }],
      })
      expect((await platform.status()).find(({ application }) => application === 'dev-fees')).toMatchObject({
        sync: 'Unknown',
        health: 'Missing',
        message: 'nobody has promoted it yet: opencore promote dev fees',
      })
      await clone.revert()
      await until('no Application', 120, async () => !(await platform.hub.get({ ...applications, metadata })))
    })
  })
}
