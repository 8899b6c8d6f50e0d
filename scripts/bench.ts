import { cacheFolder, ensureTools, workspaceRoot } from '@opencore/toolchain'
import { openSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { chalk, path } from 'zx'
import { measure, median, type Measured } from './bench/measure.ts'
import { helmFlags, prepareTree, type BenchTree } from './bench/prepare-tree.ts'

// `npm run bench`: the same releases of charts/service with the same final values through four programs, in one run.
// Ratios are what counts; seconds depend on the machine. Ends with 1 when a target is missed.

const root = workspaceRoot()
const scratch = path.join(root, 'dist', 'bench')
const note = (line: string) => {
  console.error(chalk.dim(line))
}
const tools = await ensureTools(['renderer', 'helm', 'helmfile'], note)
const { renderer = '', helm = '', helmfile = '' } = tools

/** What is rendered starts from nothing each time; the tools are the user's. */
async function emptyCache(): Promise<string> {
  const cache = path.join(scratch, 'cache')
  await rm(cache, { recursive: true, force: true })
  await mkdir(cache, { recursive: true })
  await symlink(path.join(cacheFolder(), 'bin'), path.join(cache, 'bin'))
  return cache
}

const opencore = (tree: BenchTree, cache: string) =>
  measure([process.execPath, path.join(root, 'bin/opencore.mjs'), 'render', '-o', 'yaml'], {
    cwd: tree.folder,
    env: { OPENCORE_CACHE: cache },
  })
const cold = async (tree: BenchTree) => await opencore(tree, await emptyCache())
const engine = (tree: BenchTree) => measure([renderer, 'bench'], { input: openSync(tree.requests, 'r') })
const withHelmfile = (tree: BenchTree) =>
  measure([helmfile, '--helm-binary', helm, '--quiet', 'template', '--skip-deps', '--skip-tests'], {
    cwd: tree.folder,
  })

async function helmLoop(tree: BenchTree): Promise<Measured> {
  const runs: Measured[] = []
  for (const { name, values } of tree.releases)
    runs.push(await measure([helm, 'template', name, tree.vendoredChart, ...helmFlags, '--values', values]))
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0)
  return { seconds, mebibytes: Math.max(...runs.map(({ mebibytes }) => mebibytes)) }
}

async function changeOne(tree: BenchTree): Promise<Measured> {
  const cache = await emptyCache()
  await opencore(tree, cache)
  const file = tree.releases[0]?.values ?? ''
  const text = await readFile(file, 'utf8')
  let round = 0
  return await median(3, async () => {
    await writeFile(file, `${text}podAnnotations: { bench.opencore.dev/round: "${++round}" }\n`)
    return await opencore(tree, cache)
  })
}

note('120 releases')
const few = await prepareTree(path.join(scratch, '120'), 120, helm)
const few120 = await median(3, () => cold(few))
const fewEngine = await median(3, () => engine(few))
const fewHelmfile = await withHelmfile(few)
const fewHelm = await helmLoop(few)
const changed = await changeOne(few)
note('1,000 releases')
const many = await prepareTree(path.join(scratch, '1000'), 1000, helm)
const many1000 = await median(3, () => cold(many))
const manyEngine = await median(3, () => engine(many))
note('10,000 releases')
const most = await prepareTree(path.join(scratch, '10000'), 10_000, helm)
const most10000 = await cold(most)
const mostEngine = await engine(most)
await rm(scratch, { recursive: true, force: true })

const seconds = ({ seconds }: Measured) => `${seconds.toFixed(2)} s`
const times = (a: Measured, b: Measured) => a.seconds / b.seconds
console.log(`| releases | opencore render | bare engine | helmfile template | helm template, one by one | memory, Node and engine |
|---|---|---|---|---|---|
| 120 | ${seconds(few120)} | ${seconds(fewEngine)} | ${seconds(fewHelmfile)} | ${seconds(fewHelm)} | ${few120.mebibytes.toFixed(0)} MiB |
| 1,000 | ${seconds(many1000)} | ${seconds(manyEngine)} | | | ${many1000.mebibytes.toFixed(0)} MiB |
| 10,000 | ${seconds(most10000)} | ${seconds(mostEngine)} | | | ${most10000.mebibytes.toFixed(0)} MiB |
`)
const targets: [what: string, found: number, limit: number, unit: string][] = [
  ['helmfile template, times as long at 120 (at least)', -times(fewHelmfile, few120), -10, ''],
  ['helm template one by one, times as long at 120', -times(fewHelm, few120), -1, ''],
  ['against the bare engine at 1,000 (at most)', times(many1000, manyEngine), 1.3, ''],
  ['per release at 10,000 against 1,000 (linear: at most)', times(most10000, many1000) / 10, 1.2, ''],
  ['memory at 10,000 (at most)', most10000.mebibytes, 1024, ' MiB'],
  ['one of 120 changed, the rest known (at most)', changed.seconds, 0.5, ' s'],
]
console.log('| target | found | wanted | |\n|---|---|---|---|')
for (const [what, found, limit, unit] of targets) {
  const verdict = found <= limit ? 'met' : 'missed'
  console.log(`| ${what} | ${Math.abs(found).toFixed(2)}${unit} | ${Math.abs(limit)}${unit} | ${verdict} |`)
}
if (targets.some(([, found, limit]) => found > limit)) process.exitCode = 1
