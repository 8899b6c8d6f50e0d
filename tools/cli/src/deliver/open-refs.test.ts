import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRefs } from './open-refs.ts'

// A checkout whose origin has a ref with two change sets, of which somebody takes the second away.

let folder: string
let root: string
const ref = 'env/dev'
const who = ['user.name=hand', 'user.email=hand@localhost'].flatMap((one) => ['-c', one])
const git = async (...args: string[]) => (await execa('git', [...who, ...args], { cwd: root })).stdout
const commit = (...args: string[]) =>
  git('commit-tree', '-m', 'x', '4b825dc642cb6eb9a060e54bf8d69288fbee4904', ...args)
const push = (id: string) => git('push', '--quiet', '--force', 'origin', `${id}:refs/heads/${ref}`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-refs-'))
  root = join(folder, 'checkout')
  await execa('git', ['init', '--quiet', '--bare', join(folder, 'origin.git')])
  await execa('git', ['init', '--quiet', root])
  await git('remote', 'add', 'origin', join(folder, 'origin.git'))
  await execa('git', ['hash-object', '-t', 'tree', '-w', '--stdin'], { cwd: root, input: '' })
})
afterAll(() => rm(folder, { recursive: true }))

it('a read and a trial change nothing of what a write refuses, which it does once', async () => {
  const first = await commit()
  const second = await commit('-p', first)
  await push(second)
  const told: string[] = []
  const read = async () => (await openRefs(root, (words) => told.push(words))).look(ref)
  const attempt = async (how: 'try' | 'write') => (await openRefs(root, how)).look(ref)
  expect([await read(), await attempt('write'), told]).toEqual([second, second, []])

  await push(first)
  const found = `the ref was at ${second.slice(0, 12)}, and is at ${first.slice(0, 12)}, which does not follow it`
  for (const turn of [1, 2]) {
    expect(await read()).toBe(first)
    expect(told).toHaveLength(turn)
    await expect(attempt('try')).rejects.toMatchObject({ findings: [{ code: 'REF_REWOUND', found }] })
  }
  expect(told[0]).toBe(
    `env/dev: ${found}: somebody took change sets away; find out who (git log ${first.slice(0, 12)}..${second.slice(0, 12)} is what is missing); what writes refuses it once, and counts what is there from then on`,
  )
  await expect(attempt('write')).rejects.toMatchObject({ findings: [{ code: 'REF_REWOUND', found }] })
  expect([await attempt('write'), await read(), told.length]).toEqual([first, first, 2])
})
