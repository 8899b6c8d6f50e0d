import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDeliveryWorkspace, setVariable, type DeliveryWorkspace } from './delivery-workspace.ts'
import { hasGnupg, root } from './opencore.ts'

// What comes between the moment in which a promotion looks and the one in which it pushes.

const environment = 'prod-eu-central-1'
const ref = `env/${environment}`
const cards = 'environments/services/cards.ts'
const hotfix = [environment, 'cards', '--allow-skip', 'in a hurry'] as const

/** Fifty were tried once (README); these are spread over the same time. */
const KILLS = 8
/** A promotion of one release takes some seconds; those that are killed later have ended. */
const LONGEST = 6000

describe.skipIf(!hasGnupg)('a promotion', () => {
  let workspace: DeliveryWorkspace

  beforeAll(async () => {
    workspace = await openDeliveryWorkspace()
    await workspace.promote('dev')
    await workspace.promote(environment, '--allow-skip', 'the first one')
  })
  afterAll(() => workspace.remove())

  const head = () => workspace.headOf(ref)
  const count = async (one: string) => Number(await workspace.inOrigin('rev-list', '--count', one))
  const script = async (path: string, lines: string) => {
    await writeFile(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
    return path
  }
  /** Somebody else's commit, and the line of a script that moves the ref there. */
  const prepareMove = async () => {
    const before = await head()
    const author = ['-c', 'user.name=other', '-c', 'user.email=other@localhost']
    const make = ['commit-tree', `${before}^{tree}`, '-p', before, '-m', 'other']
    const other = await workspace.inOrigin(...author, ...make)
    const line = `git --git-dir '${join(workspace.scratch, 'origin.git')}' update-ref refs/heads/${ref} ${other} ${before}`
    return { before, other, line }
  }
  const takeBack = (commit: string) => workspace.inOrigin('update-ref', `refs/heads/${ref}`, commit)
  const moved = [
    `${ref}: somebody else moved a ref in the meantime  [REF_MOVED]`,
    '  want  a fast-forward of what was there; nothing was changed, here or there',
    '  next  run it again: it looks at what is there now',
  ].join('\n')

  it('that is overtaken while it signs is refused with 3, and changes nothing', async () => {
    await workspace.merge(cards, setVariable('CARDS_PAGES', '7'))
    const { before, other, line } = await prepareMove()
    const program = await script(
      join(workspace.scratch, 'slow-gpg'),
      `case "$*" in *-bsa*) ${line} ;; esac\nexec gpg "$@"`,
    )
    const { exitCode, stderr } = await workspace.runAs({ 'gpg.program': program }, 'promote', ...hotfix)
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(moved)])
    expect(await head()).toBe(other)
    await takeBack(before)
  })

  it('that is overtaken while it pushes is refused alike', async () => {
    const { before, other, line } = await prepareMove()
    const hook = await script(join(workspace.folder, '.git/hooks/pre-push'), `${line}\nexit 0`)
    const { exitCode, stderr } = await workspace.run('promote', ...hotfix)
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(moved)])
    expect(await head()).toBe(other)
    await script(hook, 'exit 0')
    await takeBack(before)
  })

  it('that origin refuses says so in its words, and changes nothing', async () => {
    const before = await head()
    const hook = join(workspace.scratch, 'origin.git/hooks/pre-receive')
    await script(hook, 'echo nobody pushes today >&2\nexit 1')
    const { exitCode, stderr } = await workspace.run('promote', ...hotfix)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`${ref}: origin refuses the push: remote: nobody pushes today`)
    expect(stderr).toContain('[REF_REFUSED]')
    expect(stderr).toContain(
      'next  ask for the right to push there; without names, and for a release that is new, promote also moves the hub’s ref',
    )
    expect(await head()).toBe(before)
    await script(hook, 'exit 0')
  })

  it('that cannot ask origin says why', async () => {
    const url = await workspace.git('remote', 'get-url', 'origin')
    const gone = join(workspace.scratch, 'gone.git')
    await workspace.git('remote', 'set-url', 'origin', gone)
    const { exitCode, stderr } = await workspace.run('promote', ...hotfix)
    await workspace.git('remote', 'set-url', 'origin', url)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(
      `${ref}: git cannot ask origin: fatal: '${gone}' does not appear to be a git repository`,
    )
    expect(stderr).toContain('[ORIGIN_UNREACHABLE]')
    expect(stderr).toContain('next  repair what git says, and run it again')
  })

  it('beside another one of the same environment: whoever comes later is refused, and nothing is lost', async () => {
    await workspace.merge('environments/services/ledger.ts', setVariable('LEDGER_PAGES', '7'))
    const before = await count('env/dev')
    const both = await Promise.all(['cards', 'ledger'].map((name) => workspace.run('promote', 'dev', name)))
    const done = both.filter(({ exitCode }) => exitCode === 0)
    const busy = both.filter(({ exitCode, stderr }) => exitCode === 3 && stderr.includes('[REF_MOVED]'))
    expect(done.length + busy.length).toBe(2)
    expect(await count('env/dev')).toBe(before + done.length)
    for (const name of ['cards', 'ledger']) await workspace.promote('dev', name)
    expect(await workspace.read('dev', 'cards/values.yaml')).toContain('CARDS_PAGES')
    expect(await workspace.read('dev', 'ledger/values.yaml')).toContain('LEDGER_PAGES')
  })

  /** As `run`, and not waited for; what it starts is of its group. */
  const start = (...args: string[]) =>
    execa(process.execPath, [join(root, 'bin/opencore.mjs'), ...args], {
      cwd: workspace.folder,
      env: workspace.env,
      detached: true,
      reject: false,
      stdio: 'ignore',
    })

  it('that is killed at any moment leaves the ref as it was or as it should be, signed', async () => {
    let done = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await head()
      if ((await workspace.promote(...hotfix, '--dry-run')).changed.length === 0)
        await workspace.merge(cards, setVariable('CARDS_PAGES', String(20 + kill)))
      const killed = start('promote', ...hotfix)
      await setTimeout((kill / KILLS) * LONGEST)
      killed.kill('SIGKILL')
      await ended(killed)
      const after = await head()
      if (after === before) continue
      done++
      expect(await workspace.inOrigin('rev-parse', `${ref}^`)).toBe(before)
      await execa('git', ['verify-commit', after], {
        cwd: join(workspace.scratch, 'origin.git'),
        env: workspace.env,
      })
    }
    console.log(`of ${KILLS} killed promotions ${done} had arrived`)
    await workspace.promote(...hotfix)
    expect((await workspace.promote(...hotfix, '--dry-run')).changed).toEqual([])
    expect(await workspace.inOrigin('fsck', '--strict', '--no-dangling')).toBe('')
    const left = await workspace.git('for-each-ref', '--format=%(refname)', 'refs/opencore/')
    expect(left.split('\n').filter((one) => !/^refs\/opencore\/(seen|now)\//.test(one))).toEqual([])
  }, 900_000)

  /** Once that what a killed process had started has ended as well, as it does on another machine. */
  async function ended(killed: ReturnType<typeof start>): Promise<void> {
    await killed
    for (;;) {
      try {
        process.kill(-(killed.pid ?? 0), 0)
      } catch {
        return
      }
      await setTimeout(20)
    }
  }
})
