import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { describeProtection } from './hub/protection.ts'
import { readProtections } from './read-protection.ts'
import { showRows } from './test-support.ts'

// `gh` answers what GitHub's API is documented to answer (https://docs.github.com/rest/repos/rules), by the path that it is
// asked for.

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-gh-'))
  vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const git = 'https://github.com/bank/platform.git'

/** A `gh` that knows these answers alone, and for others says what GitHub says. */
async function answer(answers: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(folder, 'bin'))
  const cases = Object.entries(answers).map(
    ([path, value]) => `  'api --hostname github.com ${path}') echo '${JSON.stringify(value)}' ;;`,
  )
  const script = `#!/bin/sh
case "$*" in
${cases.join('\n')}
  *) echo '{"message":"Not Found","status":"404"}'; echo 'gh: Not Found (HTTP 404)' >&2; exit 1 ;;
esac
`
  await writeFile(join(folder, 'bin/gh'), script)
  await chmod(join(folder, 'bin/gh'), 0o755)
}

const RULES = 'repos/bank/platform/rules/branches/env%2Fdev?per_page=100'
const RULESET = 'repos/bank/platform/rulesets/42'

const rule = (type: string, parameters?: object) => ({
  type,
  ruleset_source_type: 'Repository',
  ruleset_source: 'bank/platform',
  ruleset_id: 42,
  ...(parameters && { parameters }),
})
const review = {
  required_approving_review_count: 1,
  dismiss_stale_reviews_on_push: true,
  required_reviewers: [],
  require_code_owner_review: false,
  require_last_push_approval: true,
  required_review_thread_resolution: false,
  allowed_merge_methods: ['merge', 'squash', 'rebase'],
}
const rules = [rule('creation'), rule('deletion'), rule('non_fast_forward'), rule('pull_request', review)]
const ruleset = (rest: object) => ({
  id: 42,
  name: 'rendered refs: branch',
  target: 'branch',
  source_type: 'Repository',
  source: 'bank/platform',
  enforcement: 'active',
  conditions: { ref_name: { exclude: [], include: ['refs/heads/env/*', 'refs/heads/hub/*'] } },
  rules: [],
  ...rest,
})
const app = { actor_id: 2740, actor_type: 'Integration', bypass_mode: 'always' }

async function look(address = git): Promise<string> {
  const seen = await readProtections(address, ['env/dev'])
  return showRows(describeProtection(address, 'env/dev', seen.get('env/dev') ?? { hidden: 'nobody asked' }))
}

describe('the protection of a ref on GitHub', () => {
  test('is as the document makes it', async () => {
    await answer({
      [RULES]: rules,
      [RULESET]: ruleset({ bypass_actors: [app], current_user_can_bypass: 'never' }),
    })
    expect(await look()).toMatchInlineSnapshot(`
      "ok ref env/dev: protection: creation, deletion, non_fast_forward, pull_request | wanted no deletion, no force push, and changes by approved pull requests alone
      ok ref env/dev: who is above it: Integration 2740 | wanted apps alone, which workflows act as"
    `)
  })

  test('is told in part to whoever may not change it', async () => {
    await answer({ [RULES]: rules, [RULESET]: ruleset({ current_user_can_bypass: 'never' }) })
    expect(await look()).toContain(
      'cannot be seen ref env/dev: who is above it: GitHub tells it to those who may change the rules |',
    )
  })

  test('is not there', async () => {
    await answer({ [RULES]: [] })
    expect(await look()).toMatchInlineSnapshot(`
      "missing ref env/dev: protection: no ruleset holds for it | wanted no deletion, no force push, and changes by approved pull requests alone
        gh api repos/bank/platform/rules/branches/env%2Fdev # docs/first-cluster.md, 5, makes them"
    `)
  })

  test('lacks something', async () => {
    const weak = { ...review, required_approving_review_count: 0, require_last_push_approval: false }
    await answer({ [RULES]: [rule('deletion'), rule('pull_request', weak)], [RULESET]: ruleset({}) })
    expect(await look()).toContain(
      'wrong ref env/dev: protection: without non_fast_forward, an approval, require_last_push_approval |',
    )
  })

  test('needs no pull request where nobody may push at all', async () => {
    await answer({
      [RULES]: [rule('deletion'), rule('non_fast_forward'), rule('update')],
      [RULESET]: ruleset({}),
    })
    expect(await look()).toMatch(/^ok ref env\/dev: protection: deletion, non_fast_forward, update \|/)
  })

  test.each([
    ['a role', { bypass_actors: [app, { actor_id: 5, actor_type: 'RepositoryRole' }] }, 'RepositoryRole 5'],
    ['whoever asks', { current_user_can_bypass: 'always' }, 'whoever asks here'],
    ['nobody', { bypass_actors: [] }, 'nobody, so that no workflow can land what was approved'],
  ])('has %s above it', async (_, rest, found) => {
    await answer({ [RULES]: rules, [RULESET]: ruleset(rest) })
    expect(await look()).toContain(`wrong ref env/dev: who is above it: ${found} |`)
  })

  test('is not told, and said by what', async () => {
    await answer({})
    expect(await look()).toMatchInlineSnapshot(`
      "cannot be seen ref env/dev: protection: gh says: Not Found (HTTP 404) | wanted no deletion, no force push, and changes by approved pull requests alone
        gh api repos/bank/platform/rules/branches/env%2Fdev # docs/first-cluster.md, 5, makes them"
    `)
  })

  test('is not told without gh, or by another server', async () => {
    vi.stubEnv('PATH', join(folder, 'bin'))
    expect(await look()).toMatch(/^cannot be seen ref env\/dev: protection: gh is not installed \|/)
    expect(await look('ssh://git@git.bank.example/platform.git')).toMatchInlineSnapshot(`
      "cannot be seen ref env/dev: protection: git does not say; docs/first-cluster.md has the rules | wanted no deletion, no force push, and changes by approved pull requests alone
        # ask whoever runs ssh://git@git.bank.example/platform.git"
    `)
  })
})
