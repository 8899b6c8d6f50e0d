import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'

/** Each lane has a workspace of its own; as many as the cores that every machine has. */
const lanes = 2
const kills = 30
const seed = Number(process.env['OPENCORE_SEED'] ?? Date.now() % 1_000_000)

type Workspace = Awaited<ReturnType<typeof copyWorkspace>>
const workspaces: Workspace[] = []

beforeAll(async () => {
  for (let lane = 0; lane < lanes; lane++) workspaces.push(await copyWorkspace())
})
afterAll(() => Promise.all(workspaces.map((workspace) => workspace.remove())))

describe('generate that is killed', () => {
  // Waits for each write that is killed and one that repairs: a minute at rest, many where other work takes the cores.
  it('leaves the old tree, the new one, or one that the next command refuses and the next write repairs', async () => {
    const moments = { old: 0, new: 0, refused: 0 }
    await Promise.all(workspaces.map(({ folder }, lane) => killOften(folder, seed + lane, moments)))
    console.log(`seed ${seed}: killed ${kills} times, found ${JSON.stringify(moments)}`)
    expect(moments.refused, 'no kill hit the write itself').toBeGreaterThan(0)
  }, 1_800_000)
})

async function killOften(
  folder: string,
  seed: number,
  moments: { old: number; new: number; refused: number },
): Promise<void> {
  const random = randomNumbers(seed)
  const trees = await writeBothTrees(folder)
  for (let round = 0; round < kills / lanes; round++) {
    const [from, to] = round % 2 === 0 ? [trees.small, trees.large] : [trees.large, trees.small]
    await setLabel(folder, to.label)
    await killWhileWriting(folder, random)
    const now = await digestTree(folder)
    if (now === from.digest || now === to.digest) moments[now === from.digest ? 'old' : 'new']++
    else {
      const reader = await opencore(['render', '-e', 'dev', '-l', 'release=accounts'], { cwd: folder })
      expect(reader.exitCode, `seed ${seed}, round ${round}: a half-written tree was accepted`).toBe(1)
      expect(reader.stderr).toContain('[TREE_INTERRUPTED]')
      moments.refused++
    }
    expect((await opencore(['generate'], { cwd: folder })).exitCode).toBe(0)
    expect(await digestTree(folder), `seed ${seed}, round ${round}: not repaired`).toBe(to.digest)
  }
}

/** Two trees that differ in nearly every file, and their digests. */
async function writeBothTrees(folder: string) {
  const write = async (label: string) => {
    await setLabel(folder, label)
    expect((await opencore(['generate'], { cwd: folder })).exitCode).toBe(0)
    return { label, digest: await digestTree(folder) }
  }
  return { large: await write('two'), small: await write('one') }
}

async function setLabel(folder: string, label: string): Promise<void> {
  const file = join(folder, 'environments', 'defaults.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(/'app.kubernetes.io\/part-of': '[^']*'/g, `'app.kubernetes.io/part-of': '${label}'`),
  )
}

/** Start `generate`, wait until it has begun to stage, then kill it at a random moment of the write. */
async function killWhileWriting(folder: string, random: () => number): Promise<void> {
  const transaction = join(folder, '.opencore', 'transaction')
  const child = execa(
    process.execPath,
    [join(import.meta.dirname, '../../../../bin/opencore.mjs'), 'generate'],
    {
      cwd: folder,
      reject: false,
      stdin: 'ignore',
    },
  )
  const until = random() * 300
  const begun = Date.now()
  let staging: number | undefined
  while (child.exitCode === null && Date.now() - begun < 20_000) {
    staging ??= (await glob('*', { cwd: transaction })).length > 0 ? Date.now() : undefined
    if (staging !== undefined && Date.now() - staging >= until) break
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  child.kill('SIGKILL')
  await child
}

async function digestTree(folder: string): Promise<string> {
  const files = (await glob('argocd/**', { cwd: folder, dot: true, ignore: ['**/*.opencore-new'] })).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n${await readFile(join(folder, file), 'utf8')}`)
  return hash.digest('hex')
}

/** Mulberry32: small, and the same for the same seed everywhere. */
function randomNumbers(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
