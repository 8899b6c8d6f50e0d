import type { ComparedObject } from '@opencore/delivery'
import { describe, expect, it } from 'vitest'
import { formatStructured } from './format-structured.ts'

const object = (kind: string, name: string, more: object = {}, apiVersion = 'v1'): ComparedObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'prod' },
  ...more,
})
const api = (spec: object) => object('Deployment', 'api', { spec }, 'apps/v1')
const read = (before: ComparedObject[], after: ComparedObject[]) =>
  JSON.parse(formatStructured({ before, after })) as { changes?: object[] }[]
const changesOf = (before: object, after: object) => read([api(before)], [api(after)])[0]?.changes

describe(formatStructured, () => {
  it('says what the example of helm-diff’s documentation says', () => {
    const spec = (replicas: number, image: string) => ({
      replicas,
      template: { spec: { containers: [{ name: 'api', image }] } },
    })
    expect(read([api(spec(2, 'api:v1'))], [api(spec(3, 'api:v2'))])).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'prod',
        name: 'api',
        changeType: 'MODIFY',
        resourceStatus: { oldExists: true, newExists: true },
        changes: [
          { path: 'spec', field: 'replicas', change: 'replace', oldValue: 2, newValue: 3 },
          {
            path: 'spec.template.spec.containers[0]',
            field: 'image',
            change: 'replace',
            oldValue: 'api:v1',
            newValue: 'api:v2',
          },
        ],
      },
    ])
  })

  it('says what comes and goes without its content', () => {
    expect(read([object('Service', 'old')], [object('Service', 'new')])).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        namespace: 'prod',
        name: 'new',
        changeType: 'ADD',
        resourceStatus: { oldExists: false, newExists: true },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        namespace: 'prod',
        name: 'old',
        changeType: 'REMOVE',
        resourceStatus: { oldExists: true, newExists: false },
      },
    ])
    expect(read([object('Service', 'a')], [object('Service', 'a')])).toEqual([])
  })

  it('says what comes leaf by leaf, what goes as a whole, and of lists each item', () => {
    expect(
      changesOf({ gone: { a: 1 }, args: ['a', 'b'] }, { come: { a: { b: 1 } }, args: ['a', 'c', 'd'] }),
    ).toEqual([
      { path: 'spec.args', field: '1', change: 'replace', oldValue: 'b', newValue: 'c' },
      { path: 'spec.args', field: '2', change: 'add', newValue: 'd' },
      { path: 'spec.come.a', field: 'b', change: 'add', newValue: 1 },
      { path: 'spec', field: 'gone', change: 'remove', oldValue: { a: 1 } },
    ])
  })

  it('shows no secret, wherever it is', () => {
    const env = (value: string) => ({ containers: [{ name: 'main', env: [{ name: 'DB_PWD', value }] }] })
    const flags = (value: string) => ({ args: ['--db-password', value] })
    const own = (value: string) => ({ ...env(value), ...flags(value), clientSecret: value })
    expect(changesOf(own('hunter1'), own('hunter2'))).toEqual([
      { path: 'spec.args', field: '1', change: 'replace', oldValue: '(hidden)', newValue: '(hidden)' },
      { path: 'spec', field: 'clientSecret', change: 'replace', oldValue: '(hidden)', newValue: '(hidden)' },
      {
        path: 'spec.containers[0].env[0]',
        field: 'value',
        change: 'replace',
        oldValue: '(hidden)',
        newValue: '(hidden)',
      },
    ])
    const secret = (password: string) => object('Secret', 'a', { stringData: { password } })
    expect(read([secret('hunter1')], [secret('hunter2')])).toEqual([
      expect.objectContaining({ changeType: 'MODIFY', changesSuppressed: true }),
    ])
  })
})
