import { compareObjects, groupAlike, groupChanges, listFields, type ComparedObject } from '@opencore/delivery'
import { describe, expect, it } from 'vitest'
import { formatChanges, formatDiff, formatJson, formatMarkdown } from './format-diff.ts'

const password = 'hunter2-of-bank'
const configMap = (data: object): ComparedObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'accounts', namespace: 'bank' },
  ...{ data },
})
const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const repository = 'registry.bank.example:5000/core/customers'

/** In each way in which a password may stand in an object or in values. */
const changes: [string, object, object][] = [
  ['a key that says so', { DB_PASSWORD: 'before' }, { DB_PASSWORD: password }],
  [
    'a text that says so',
    { 'application.yaml': 'a: b' },
    { 'application.yaml': `db:\n  password: ${password}\n` },
  ],
  ['a URL', { url: 'a' }, { url: `postgres://accounts:${password}@db/accounts` }],
  ['a named item', { env: [{ name: 'A', value: '1' }] }, { env: [{ name: 'DB_PASSWORD', value: password }] }],
  ['an item without a list', { env: [1] }, { env: [1, { name: 'DB_PASSWORD', value: password }] }],
  ['a flag', { args: ['serve'] }, { args: ['serve', '--db-password', password] }],
  ['a flag with its value', { args: ['serve'] }, { args: ['serve', `--db-password=${password}`] }],
  [
    'a place of images',
    { repository: 'a' },
    { repository: `registry.bank.example/core?password=${password}` },
  ],
  [
    'a flow',
    { network: { egress: [{ flow: 'a->b' }] } },
    {
      network: {
        egress: [
          { flow: 'a->b', password },
          { flow: 'a->c', url: `http://c:${password}@c/long/enough` },
        ],
      },
    },
  ],
  ['a whole map', {}, { database: { user: 'accounts', password } }],
]

describe('a password', () => {
  it.each(changes)('in %s of a ConfigMap is in no output', (_, before, after) => {
    const groups = groupChanges(compareObjects([configMap(before)], [configMap(after)]))
    expect(groups).not.toEqual([])
    for (const print of [formatDiff, formatJson, (all: typeof groups) => formatMarkdown('dev', all)])
      expect(print(groups)).not.toContain('hunter2')
  })

  it.each(changes)('in %s of values is in no output', (_, before, after) => {
    const groups = groupAlike(
      listFields(before, after).map((field) => ({
        risk: 'other',
        kind: 'values',
        action: 'changed',
        name: 'accounts',
        field,
      })),
    )
    for (const print of [formatDiff, formatJson, (all: typeof groups) => formatMarkdown('dev', all)])
      expect(print(groups)).not.toContain('hunter2')
  })
})

describe(formatJson, () => {
  it('has the rest as it is: lists, maps, numbers, images', () => {
    const after = {
      env: [
        { name: 'PAGES', value: '7' },
        { name: 'API_TOKEN', value: 'x' },
      ],
      port: 8080,
    }
    const image = `${repository}:2.5.0@${digest('a')}`
    const groups = groupChanges(compareObjects([configMap({})], [configMap({ after, image })]))
    expect(JSON.parse(formatJson(groups))).toMatchObject([
      { field: { path: 'data.image', after: image } },
      {
        field: {
          path: 'data.after',
          after: {
            env: [
              { name: 'PAGES', value: '7' },
              { name: 'API_TOKEN', value: '(hidden)' },
            ],
            port: 8080,
          },
        },
      },
    ])
  })
})

describe(formatDiff, () => {
  it('shows the address of a server, and no longer one, which may have a token in it', () => {
    const of = (url: string) => configMap({ url })
    const [short, long] = [
      'http://notifications.banking-services.svc:8080',
      'https://hooks.slack.example/services/T00000000/B00000000/XXXXXXXX',
    ]
    expect(formatDiff(groupChanges(compareObjects([of(short)], [of(long)])))).toContain(
      `data.url: "${short}" -> a text of ${long.length} characters`,
    )
    expect(formatJson(groupChanges(compareObjects([of(short)], [of(long)])))).not.toContain('services/T')
  })

  it('shows of images what tells them apart', () => {
    const of = (tag: string, digit: string) => configMap({ image: `${repository}:${tag}@${digest(digit)}` })
    expect(formatDiff(groupChanges(compareObjects([of('1', 'a')], [of('2', 'b')])))).toBe(
      'images\n  ~ ConfigMap bank/accounts: data.image: customers:1@sha256:aaaaaaaaaaaa -> customers:2@sha256:bbbbbbbbbbbb',
    )
  })
})

describe('of values', () => {
  const print = (before: object, after: object) => {
    const fields = listFields(before, after)
    const groups = groupAlike(
      fields.map((field) => ({ risk: 'other', kind: 'values', action: 'changed', name: 'accounts', field })),
    )
    return { text: formatDiff(groups), json: formatJson(groups) }
  }

  it('where images lie is shown, and under another key a text as long is not', () => {
    const [here, there] = [
      'registry.bank.example/core-banking/accounts',
      'registry.bank.example/mirror/core-banking/accounts',
    ]
    const { text, json } = print({ image: { repository: here } }, { image: { repository: there } })
    expect(text).toContain(`image.repository: "${here}" -> "${there}"`)
    expect(json).toContain(there)
    const other = print({ image: { note: here } }, { image: { note: there } })
    expect(other.text).toContain(`image.note: a text of ${here.length} characters -> `)
    expect(other.json).not.toContain(there)
  })

  it('which flow is there is said by its name', () => {
    const flow = (to: string) => ({ flow: `accounts->${to}`, ports: [{ port: 587, protocol: 'TCP' }] })
    const { text } = print(
      { network: { egress: [flow('ledger')] } },
      { network: { egress: [flow('ledger'), flow('smtp.bank.example')] } },
    )
    expect(text).toContain('network.egress[accounts->smtp.bank.example]: nothing -> a map of 2 keys')
  })
})

describe('what nobody may overlook', () => {
  const metadata = { name: 'accounts', namespace: 'bank' }
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata }
  const pod = (spec: object, annotations?: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata, ...(annotations && { annotations }) },
    ...{ spec: { template: { spec: { containers: [{ name: 'main', image: 'a' }], ...spec } } } },
  })
  const diff = (before: object[], after: object[]) =>
    formatDiff(groupChanges(compareObjects(before as ComparedObject[], after as ComparedObject[])))
  const role = (...rules: object[]) => ({ ...rbac, kind: 'Role', rules })
  const at = 'spec.template.spec'

  it.each([
    [
      'a rule that allows more',
      [role({ resources: ['pods'], verbs: ['get'] })],
      [role({ resources: ['*'], verbs: ['*'] })],
      'who may do what\n  ~ Role.rbac.authorization.k8s.io bank/accounts: rules: - [{"resources":["pods"],"verbs":["get"]}] + [{"resources":["*"],"verbs":["*"]}]',
    ],
    [
      'a binding that comes',
      [],
      [
        {
          ...rbac,
          kind: 'RoleBinding',
          roleRef: { name: 'admin' },
          subjects: [{ kind: 'Group', name: 'all' }],
        },
      ],
      [
        'who may do what',
        '  + RoleBinding.rbac.authorization.k8s.io bank/accounts: roleRef: nothing -> {"name":"admin"}',
        '  + RoleBinding.rbac.authorization.k8s.io bank/accounts: subjects: nothing -> [{"kind":"Group","name":"all"}]',
      ].join('\n'),
    ],
    [
      'a container that comes with rights',
      [pod({ initContainers: [{ name: 'a' }] })],
      [pod({ initContainers: [{ name: 'a' }, { name: 'b', securityContext: { privileged: true } }] })],
      `who may do what\n  ~ Deployment.apps bank/accounts: ${at}.initContainers[b]: nothing -> {"name":"b","securityContext":{"privileged":true}}`,
    ],
    [
      'a folder of the node',
      [pod({})],
      [pod({ volumes: [{ name: 'all', hostPath: { path: '/' } }] })],
      `who may do what\n  ~ Deployment.apps bank/accounts: ${at}.volumes: nothing -> [{"name":"all","hostPath":{"path":"/"}}]`,
    ],
    [
      'the first annotation of an object, where it is one of Argo CD',
      [pod({})],
      [pod({}, { 'argocd.argoproj.io/hook': 'PreSync' })],
      'who may do what\n  ~ Deployment.apps bank/accounts: metadata.annotations: nothing -> {"argocd.argoproj.io/hook":"PreSync"}',
    ],
    [
      'the order of what runs one after the other',
      [pod({ initContainers: [{ name: 'a' }, { name: 'b' }] })],
      [pod({ initContainers: [{ name: 'b' }, { name: 'a' }] })],
      `other fields\n  ~ Deployment.apps bank/accounts: ${at}.initContainers.order: a list of 2 items -> a list of 2 items`,
    ],
    [
      'an image of the same name from elsewhere',
      [configMap({ image: `registry.bank.example/customers:1@${digest('a')}` })],
      [configMap({ image: `registry.evil.example/customers:1@${digest('a')}` })],
      `images\n  ~ ConfigMap bank/accounts: data.image: "registry.bank.example/customers:1@${digest('a')}" -> "registry.evil.example/customers:1@${digest('a')}"`,
    ],
    [
      'five that go, each by its name',
      ['a', 'b', 'c', 'd', 'default-deny'].map((name) => ({ ...configMap({}), metadata: { name } })),
      [],
      'goes away\n  - ConfigMap a, b, c, d, default-deny',
    ],
    [
      'a name that would move a cursor or begin a line',
      [],
      [{ ...configMap({}), metadata: { name: 'a\n\u001b[2Kb' } }],
      'new\n  + ConfigMap a\uFFFD\uFFFD[2Kb',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(diff(before, after)).toBe(expected)
  })
})

describe(formatChanges, () => {
  it('is cut on a screen, with where the rest is, and nowhere else', () => {
    const groups = groupChanges(
      compareObjects(
        [configMap({})],
        [configMap(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`a${index}`, index])))],
      ),
    )
    const changes = [{ ref: 'env/dev', groups }]
    expect(formatChanges(changes, true).split('\n')).toHaveLength(81)
    expect(formatChanges(changes, true)).toMatch(/\n…and 22 lines more: opencore diff dev$/)
    expect(formatChanges(changes).split('\n')).toHaveLength(102)
    expect(formatChanges([])).toBe('')
  })
})

describe(formatMarkdown, () => {
  const many = (count: number) =>
    groupAlike(
      Array.from({ length: count }, (_, index) => ({
        risk: 'other',
        kind: 'ConfigMap',
        action: 'changed',
        name: `bank/accounts-${String(index).padStart(5, '0')}`,
        field: { path: `data.key-${index}`, before: 'a', after: 'b' },
      })),
    )

  it('is cut at a line, below what GitHub takes, and says that it is', () => {
    const text = formatMarkdown('dev', many(2000))
    expect(text.length).toBeLessThan(65_536)
    expect(text.length).toBeGreaterThan(59_000)
    const lines = text.split('\n')
    expect(lines.at(-1)).toBe('…and more: run `opencore diff`.')
    const items = lines.filter((line) => line.startsWith('- '))
    for (const line of items)
      expect(line).toMatch(/^- `~ ConfigMap bank\/accounts-\d{5}: data\.key-\d+: "a" -> "b"`$/)
    expect(items[0]).toContain('accounts-00000')
  })

  it('is whole where it fits', () => {
    expect(formatMarkdown('dev', many(500))).not.toContain('and more')
  })
})
