import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore } from './opencore.ts'

const kills = 50
const seed = Number(process.env['OPENCORE_SEED'] ?? Date.now() % 1_000_000)

let workspace: Awaited<ReturnType<typeof copyWorkspace>>

beforeAll(async () => {
  workspace = await copyWorkspace()
})
afterAll(() => workspace.remove())

describe('generate that is killed', () => {
  // Waits for 50 times a write that is killed and one that repairs: a minute or two.
  it('leaves the old tree, the new one, or one that the next command refuses and the next write repairs', async () => {
    const random = randomNumbers(seed)
    const trees = await writeBothTrees()
    const moments = { old: 0, new: 0, refused: 0 }
    for (let round = 0; round < kills; round++) {
      const [from, to] = round % 2 === 0 ? [trees.small, trees.large] : [trees.large, trees.small]
      await setLabel(to.label)
      await killWhileWriting(random)
      const now = await digestTree()
      const reader = await opencore(['render', '-e', 'dev', '-l', 'release=accounts'], {
        cwd: workspace.folder,
      })
      if (now === from.digest || now === to.digest) {
        moments[now === from.digest ? 'old' : 'new']++
      } else {
        expect(reader.exitCode, `seed ${seed}, round ${round}: a half-written tree was accepted`).toBe(1)
        expect(reader.stderr).toContain('[TREE_INTERRUPTED]')
        moments.refused++
      }
      expect((await opencore(['generate'], { cwd: workspace.folder })).exitCode).toBe(0)
      expect(await digestTree(), `seed ${seed}, round ${round}: not repaired`).toBe(to.digest)
    }
    console.log(`seed ${seed}: killed ${kills} times, found ${JSON.stringify(moments)}`)
    expect(moments.refused, 'no kill hit the write itself').toBeGreaterThan(0)
  }, 900_000)
})

/** Two trees that differ in nearly every file, and their digests. */
async function writeBothTrees() {
  const write = async (label: string) => {
    await setLabel(label)
    expect((await opencore(['generate'], { cwd: workspace.folder })).exitCode).toBe(0)
    return { label, digest: await digestTree() }
  }
  return { large: await write('two'), small: await write('one') }
}

async function setLabel(label: string): Promise<void> {
  const file = join(workspace.folder, 'environments', 'defaults.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(/'app.kubernetes.io\/part-of': '[^']*'/g, `'app.kubernetes.io/part-of': '${label}'`),
  )
}

/** Start `generate`, wait until it has begun to stage, then kill it at a random moment of the write. */
async function killWhileWriting(random: () => number): Promise<void> {
  const transaction = join(workspace.folder, '.opencore', 'transaction')
  const child = execa(
    process.execPath,
    [join(import.meta.dirname, '../../../../bin/opencore.mjs'), 'generate'],
    {
      cwd: workspace.folder,
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

async function digestTree(): Promise<string> {
  const files = (
    await glob('argocd/**', { cwd: workspace.folder, dot: true, ignore: ['**/*.opencore-new'] })
  ).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n${await readFile(join(workspace.folder, file), 'utf8')}`)
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
