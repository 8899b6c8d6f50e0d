import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDeliveryWorkspace, setVariable, type DeliveryWorkspace } from './delivery-workspace.ts'

// What will be on an environment's ref is verified as a whole, though its releases come from different commits.

describe('promote verifies', () => {
  let workspace: DeliveryWorkspace

  beforeAll(async () => {
    workspace = await openDeliveryWorkspace()
    await workspace.promote('dev')
  })
  afterAll(() => workspace.remove())

  const head = () => workspace.headOf('env/dev')
  const override = (release: string, text: string) =>
    workspace.merge(`environments/dev/overrides/${release}.yaml`, () => text)
  const refused = (...words: string[]) => workspace.refused('dev', ...words)
  /** A file of the checkout, changed and merged by a person. */
  const edit = (file: string, change: (text: string) => string) => workspace.merge(file, change)

  it('that a caller finds its partner there: alone it is refused by name, with it it goes', async () => {
    await workspace.startService('fees')
    await edit('environments/services/notifications.ts', (text) =>
      text.replace("services: ['customers']", "services: ['customers', 'fees']"),
    )
    // Its policy opens what is not there, its proxy calls it: all of one cause, which is said once. And each service sends its
    // traces, too: whoever does as is said here is not refused for that.
    const next = '  next  opencore promote dev notifications fees telemetry'
    const said = await refused('notifications')
    expect(said.slice(said.indexOf('env/dev:'))).toBe(
      [
        'env/dev:notifications: notifications calls fees, which is not on the ref yet  [PARTNER_MISSING]',
        '  want  what a release calls there before it, or with it',
        next,
        'env/dev:telemetry: flow fees -> telemetry TCP 4318 is blocked at its destination: no NetworkPolicy opens it for OpenTelemetryCollector telemetry/telemetry  [FLOW_BLOCKED]',
        '  want  an ingress rule for the flow',
        next,
        'env/dev:telemetry: flow fees -> telemetry 4318 is refused by the mesh: no AuthorizationPolicy of OpenTelemetryCollector telemetry/telemetry lets in cluster.local/ns/banking-services/sa/fees for POST of /v1/logs, /v1/traces  [MESH_CALL_REFUSED]',
        '  want  a rule for each declared flow',
        next,
        '',
        '3 errors, 1 warning',
      ].join('\n'),
    )
    const { changed, moves } = await workspace.promote('dev', 'notifications', 'fees', 'telemetry')
    expect(changed.toSorted()).toEqual(['fees', 'notifications', 'telemetry'])
    expect(moves.map(({ ref }) => ref)).toEqual(['env/dev', 'hub/nonproduction'])
  })

  it('that it goes forward: from an older commit nothing goes back, or is gone', async () => {
    const [source, newer] = [
      await workspace.git('rev-parse', 'HEAD~2'),
      await workspace.sourceOf('dev', 'fees'),
    ]
    await workspace.git('checkout', '--quiet', source)
    const said = await refused()
    expect(said.slice(said.indexOf('env/dev:'))).toBe(
      [
        `env/dev: dev has fees, notifications and telemetry of commit ${newer.slice(0, 12)}, and what is checked out is older: ${source.slice(0, 12)}  [SOURCE_OLDER]`,
        '  want  a promotion that goes forward',
        '  next  git switch main && git pull, then the same again; to go back on purpose: opencore rollback dev',
        '',
        '1 error',
      ].join('\n'),
    )
    expect(await refused('notifications', '--dry-run')).toContain(
      `env/dev:notifications: dev has notifications of commit ${newer.slice(0, 12)}, and what is checked out is older: ${source.slice(0, 12)}  [SOURCE_OLDER]\n`,
    )
    // What comes out as it is there may be promoted from wherever.
    expect((await workspace.promote('dev', 'cards', '--dry-run')).changed).toEqual([])
    await workspace.git('switch', '--quiet', 'main')
    const reverted = await edit('environments/services/notifications.ts', (text) =>
      text.replace("services: ['customers', 'fees']", "services: ['customers']"),
    )
    expect((await workspace.promote('dev', 'notifications')).changed).toEqual(['notifications'])
    expect(await workspace.sourceOf('dev', 'notifications')).toBe(reverted)
  })

  it('that the hub lists what is promoted by name, and nothing else becomes otherwise there', async () => {
    for (const name of ['rates', 'limits']) await workspace.startService(name)
    const { proposals = [] } = await workspace.promote('dev', 'rates', 'telemetry', '--pull-request')
    expect(proposals.map(({ base }) => base)).toEqual(['env/dev', 'hub/nonproduction'])
    // The hub's pull request is closed, and the other one lands.
    await workspace.inOrigin('update-ref', 'refs/heads/env/dev', proposals[0]?.commit ?? '')
    const { exitCode, stdout } = await workspace.run('promote', 'dev', 'rates', 'telemetry')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('env/dev is as this commit has it\n')
    expect(stdout).toContain('  + Application.argoproj.io argocd/dev-rates\n')
    const lines = (await workspace.inOrigin('diff', 'hub/nonproduction^', 'hub/nonproduction')).split('\n')
    expect(lines.filter((line) => /^-(?!--)/.test(line))).toEqual([])
    expect(lines).toContain('+          - release: rates')
    expect(lines.filter((line) => line.includes('limits'))).toEqual([])
    expect(await workspace.read('dev', '.github/CODEOWNERS')).toMatch(
      /^\/rates\/ @firefly-banking\/payments /m,
    )

    const before = await head()
    const rename = (from: string, to: string) =>
      edit('environments/teams/payments.ts', (text) => text.replace(`news: '${from}'`, `news: '${to}'`))
    await rename('payments-releases', 'payments-news')
    expect(await refused('limits')).toContain(
      [
        'hub/nonproduction: dev has no Application of limits yet, and the hub is otherwise than this commit has it in more than that  [HUB_BEHIND]',
        '  want  a hub to which these can be added, and nothing else',
        '  next  opencore diff hub/nonproduction says in what; then opencore promote dev: without names, the hub follows',
      ].join('\n'),
    )
    expect(await head()).toBe(before)
    await rename('payments-news', 'payments-releases')
  })

  it('that a caller’s partner lets it in', async () => {
    await edit('environments/services/fees.ts', (text) =>
      text.replace('uses: {}', "uses: { services: ['cards'] }"),
    )
    const stderr = await refused('fees')
    for (const words of [
      'flow fees -> cards TCP 8080 is blocked at its destination: no NetworkPolicy opens it for Deployment banking-services/cards  [FLOW_BLOCKED]',
      'flow fees -> cards 8080 is refused by the mesh: no AuthorizationPolicy of Deployment banking-services/cards lets in cluster.local/ns/banking-services/sa/fees  [MESH_CALL_REFUSED]',
    ])
      expect(stderr).toContain(`env/dev:cards: ${words}`)
    expect(stderr.split('  next  opencore promote dev fees cards\n')).toHaveLength(3)
    expect((await workspace.promote('dev', 'fees', 'cards')).changed.toSorted()).toEqual(['cards', 'fees'])
  })

  it('that Argo CD lets in what comes, by the projects that the hub has: it does not follow what is promoted by name', async () => {
    const change = (of: (text: string) => string) =>
      workspace.push('hub/nonproduction', async (clone) => {
        const file = join(clone, 'argocd/dev/projects/services.yaml')
        await writeFile(file, of(await readFile(file, 'utf8')))
      })
    const deployments = /^ +- group: "?apps"?\n +kind: "?Deployment"?\n/m
    let whole = ''
    await change((text) => {
      whole = text
      expect(text).toMatch(deployments)
      return text.replace(deployments, '')
    })
    await edit('environments/services/cards.ts', setVariable('HUB', 'older'))
    const stderr = await refused('cards')
    expect(stderr).toContain('hub/nonproduction: ')
    expect(stderr).toContain('[PROJECT_REFUSES_OBJECT]')
    expect(stderr).toContain('  next  opencore promote dev: without names, the hub follows\n')
    await change(() => whole)
    expect((await workspace.promote('dev', 'cards')).changed).toEqual(['cards'])
  })

  it('that nothing else stays which somebody changed by hand', async () => {
    const before = await head()
    await workspace.push('env/dev', async (clone) => {
      await appendFile(join(clone, 'ledger', 'manifests.yaml'), '# mine\n')
      await appendFile(join(clone, 'notes.txt'), 'mine\n')
    })
    const byHand =
      '! release ledger: somebody changed it by hand (manifests.yaml differ from its record); who: opencore history dev ledger'
    const [heading, first, second] = (await workspace.run('diff', 'dev')).stdout.split('\n')
    expect([heading, first, second]).toEqual([
      'is on the ref otherwise than it was promoted',
      '  ! file notes.txt: no promotion wrote it; to put it right: opencore promote dev',
      `  ${byHand}; to put it right: opencore promote dev ledger`,
    ])
    await edit('environments/services/cards.ts', setVariable('CARDS_PAGES', '7'))
    expect(await refused('cards')).toContain(
      [
        'env/dev:ledger: somebody changed it by hand: manifests.yaml differ from its record  [RELEASE_DRIFTS]',
        '  want  a release that was promoted, before anything is signed on top of it',
        '  next  opencore history dev ledger says who did; then: opencore promote dev ledger',
      ].join('\n'),
    )
    expect((await workspace.run('history', 'dev', '--limit', '1')).stdout).toMatch(/ by hand \(by hand\)$/)
    const { exitCode, stdout, stderr } = await workspace.run('promote', 'dev', 'ledger')
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain(byHand)
    expect(await workspace.inOrigin('diff', '--name-only', before, 'env/dev', '--', 'ledger')).toBe(
      'ledger/record.yaml',
    )
    const back = await workspace.run('rollback', 'dev', 'ledger')
    expect([back.exitCode, back.stderr]).toEqual([
      1,
      expect.stringMatching(
        /env\/dev:ledger: at [0-9a-f]{12}, to go back to, somebody had changed it by hand: manifests\.yaml differ from its record {2}\[RELEASE_DRIFTS\]\n {2}want {2}a state that was promoted\n {2}next {2}opencore history dev ledger; then: opencore rollback dev ledger --to COMMIT\n/,
      ),
    ])
    await workspace.promote('dev', 'cards')
  })

  it('that the quota has room', async () => {
    await override('cards', "resources:\n  requests:\n    cpu: '20'\n  limits:\n    cpu: '20'\n")
    expect(await refused('cards')).toMatch(
      /argocd\/dev\/values\/foundation\.yaml: everything in banking-services takes [\d.]+ of requests\.cpu: cards 40[^\n]* {2}\[QUOTA_EXCEEDED\]\n {2}want {2}at most 8, the quota: /,
    )
    await override('cards', 'replicas: 2\n')
    await workspace.promote('dev', 'cards')
  })

  it('that no field falls to a default of which nobody said a word', async () => {
    const template = 'charts/service/templates/_deployment.tpl'
    const path = join(workspace.folder, template)
    const before = await readFile(path, 'utf8')
    await edit(template, (text) => text.replace(/^ {2}replicas: .*\n/m, ''))
    expect(await refused('cards')).toContain(
      [
        "env/dev:cards: apps/Deployment/banking-services/cards, spec.replicas: 2 falls to the API's default, 1  [FIELD_FALLS_TO_DEFAULT]",
        '  want  a value for every field that had one',
        '  next  say the value that you want, in the sources',
      ].join('\n'),
    )
    await edit(template, () => before)
  })

  it('that the API server takes the update of what runs', async () => {
    const fewer = '    matchLabels: { app.kubernetes.io/instance: {{ .Release.Name }} }'
    await edit('charts/service/templates/_deployment.tpl', (text) =>
      text.replace(/^ {4}matchLabels: .*$/m, fewer),
    )
    expect(await refused('cards')).toContain(
      [
        'env/dev:cards: apps/Deployment/banking-services/cards: Invalid value: {"matchLabels":{"app.kubernetes.io/instance":"cards"}}: field is immutable  [UPDATE_REFUSED]',
        '  want  an update of what runs: Argo CD stops at a refused one, with everything else of the release',
        '  next  run opencore verify on the sources: it names the value that causes it',
      ].join('\n'),
    )
  })
})
