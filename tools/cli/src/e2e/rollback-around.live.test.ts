import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RolledBack } from '../deliver/roll-back.ts'
import { openDeliveryWorkspace, setVariable, type DeliveryWorkspace } from './delivery-workspace.ts'

// Going back ends an incident: what has nothing to do with it does not stand in its way.

describe('rollback', () => {
  let workspace: DeliveryWorkspace

  beforeAll(async () => {
    workspace = await openDeliveryWorkspace()
    await workspace.promote('dev')
    await workspace.merge('environments/services/cards.ts', setVariable('CARDS_PAGES', '7'))
    await workspace.promote('dev', 'cards')
    await workspace.startService('fees')
  })
  afterAll(() => workspace.remove())

  const goBack = async () => {
    const { exitCode, stderr } = await workspace.run('rollback', 'dev', 'cards', '--dry-run')
    expect(exitCode, stderr).toBe(0)
    return stderr
  }
  const values = 'argocd/dev/values/fees.yaml'

  it('does not ask whether a release that is not there yet renders', async () => {
    await appendFile(join(workspace.folder, values), 'nonsense: true\n')
    expect(await goBack()).not.toContain('nonsense')
    await workspace.git('commit', '--quiet', '--all', '--message', 'broken')
    expect(await goBack()).toContain(`${values} does not render, so nothing is known of it: `)
    await workspace.git('reset', '--quiet', '--hard', 'HEAD^')
  })

  it('is proposed where somebody else approves: the ref stays until the very commit is landed', async () => {
    const before = await workspace.headOf('env/dev')
    const { exitCode, stdout, stderr } = await workspace.run(
      ...['rollback', 'dev', 'cards', '--pull-request', '-o', 'json'],
    )
    expect(exitCode, stderr).toBe(0)
    const { proposals, after } = JSON.parse(stdout) as RolledBack
    const branch = `promotion/dev/${after.slice(0, 12)}`
    expect(proposals).toEqual([
      {
        base: 'env/dev',
        branch,
        commit: after,
        title: expect.stringMatching(/^rollback dev cards: as of /) as string,
        body: expect.stringContaining('CARDS_PAGES') as string,
      },
    ])
    expect(await workspace.headOf('env/dev')).toBe(before)
    expect(await workspace.headOf(branch)).toBe(after)
    expect(await workspace.inOrigin('rev-parse', `${branch}^`)).toBe(before)
    expect(await workspace.inOrigin('show', `${branch}:cards/manifests.yaml`)).not.toContain('CARDS_PAGES')
    const words = (await workspace.run('rollback', 'dev', 'cards', '--pull-request')).stdout
    expect(words).toMatch(
      /promotion\/dev\/[0-9a-f]{12} is there; env\/dev stays as it is until that is approved$/,
    )
  })

  it('warns of a door that was open before, with what closes it, where this commit does not know for whom', async () => {
    await workspace.merge('environments/services/fees.ts', (text) =>
      text.replace('uses: {}', "uses: { services: ['customers'] }"),
    )
    const { stdout } = await workspace.run('promote', 'dev', 'customers')
    expect(stdout).toContain('  + fees may reach customers on TCP 8080 once it is there\n')
    await workspace.git('checkout', '--quiet', 'HEAD^^')
    const stderr = await goBack()
    for (const code of ['NETWORK_POLICY_PEER_UNKNOWN', 'MESH_CALL_UNDECLARED'])
      expect(stderr).toContain(`[${code}] (warning)`)
    expect(stderr).toContain(
      'next  it is so already, and holds nothing up; to mend it, from main as it is now: opencore promote dev customers\n',
    )
    await workspace.git('checkout', '--quiet', 'main')
    expect((await workspace.promote('dev', 'customers')).changed).toEqual([])
    expect(await goBack()).not.toContain('[NETWORK_POLICY_PEER_UNKNOWN]')
  })

  it('says which files go, though no diff shows them', async () => {
    await workspace.push('env/dev', (clone) => writeFile(join(clone, 'cards', 'extra.yaml'), 'mine\n'))
    expect(await goBack()).toContain('env/dev:cards/extra.yaml: no promotion wrote it, and it goes\n')
  })
})
