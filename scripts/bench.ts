import { ensureTools, workspaceRoot } from '@opencore/toolchain'
import { openSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { chalk, path } from 'zx'
import { large, small } from './bench/bank-tree.ts'
import { emptyCache } from './bench/empty-cache.ts'
import { measureBank, type BankRun } from './bench/measure-bank.ts'
import { measureDelivery } from './bench/measure-delivery.ts'
import { fastest, measure, type Measured } from './bench/measure.ts'
import { helmFlags, prepareTree, type BenchTree } from './bench/prepare-tree.ts'
import { printTargets } from './bench/print-targets.ts'

// `npm run bench`: the same releases of charts/service with the same final values through four programs, in one run; then
// what people wait for in a platform of 150 releases and in a bank of 1,560.
// Ratios are what counts; seconds depend on the machine. Ends with 1 when a target is missed.

const root = workspaceRoot()
const scratch = path.join(root, 'dist', 'bench')
const note = (line: string) => {
  console.error(chalk.dim(line))
}
const tools = await ensureTools(['renderer', 'helm', 'helmfile'], note)
const { renderer = '', helm = '', helmfile = '' } = tools

const opencore = (tree: BenchTree, cache: string) =>
  measure([process.execPath, path.join(root, 'bin/opencore.mjs'), 'render', '-o', 'yaml'], {
    cwd: tree.folder,
    env: { OPENCORE_CACHE: cache },
  })
const cold = async (tree: BenchTree) => await opencore(tree, await emptyCache(scratch))
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

/** All but one of the releases are known; the first has a new value each time. */
async function prepareChange(tree: BenchTree): Promise<() => Promise<Measured>> {
  const cache = await emptyCache(scratch)
  await opencore(tree, cache)
  const file = tree.releases[0]?.values ?? ''
  const text = await readFile(file, 'utf8')
  let round = 0
  return async () => {
    await writeFile(file, `${text}podAnnotations: { bench.opencore.dev/round: "${++round}" }\n`)
    return await opencore(tree, cache)
  }
}

note('120 releases')
const few = await prepareTree(path.join(scratch, '120'), 120, helm)
const at120 = await fastest(3, {
  opencore: () => cold(few),
  engine: () => engine(few),
  helmfile: () => withHelmfile(few),
  helm: () => helmLoop(few),
})
const { changed } = await fastest(5, { changed: await prepareChange(few) })
note('1,000 releases')
const many = await prepareTree(path.join(scratch, '1000'), 1000, helm)
const at1000 = await fastest(5, { opencore: () => cold(many), engine: () => engine(many) })
note('10,000 releases')
const most = await prepareTree(path.join(scratch, '10000'), 10_000, helm)
const at10000 = await fastest(2, { opencore: () => cold(most), engine: () => engine(most) })
note('a platform of 150 releases')
const tenth = await measureBank(root, scratch, small)
note('a bank of 1,560 releases')
const bank = await measureBank(root, scratch, large)
note('delivery to an environment of 1,000 releases')
const delivery = await measureDelivery(root, scratch)
await rm(scratch, { recursive: true, force: true })

const seconds = ({ seconds }: Measured) => `${seconds.toFixed(2)} s`
const memory = ({ mebibytes }: Measured) => `${mebibytes.toFixed(0)} MiB`
const times = (a: Measured, b: Measured) => a.seconds / b.seconds
console.log(`| releases | opencore render | its memory, Node and engine | bare engine | helmfile template | helm template, one by one |
|---|---|---|---|---|---|
| 120 | ${seconds(at120.opencore)} | ${memory(at120.opencore)} | ${seconds(at120.engine)} | ${seconds(at120.helmfile)} | ${seconds(at120.helm)} |
| 1,000 | ${seconds(at1000.opencore)} | ${memory(at1000.opencore)} | ${seconds(at1000.engine)} | | |
| 10,000 | ${seconds(at10000.opencore)} | ${memory(at10000.opencore)} | ${seconds(at10000.engine)} | | |

| releases of a platform | verify, cold | nothing changed | one value changed | generate, one value changed | explain | memory of verify |
|---|---|---|---|---|---|---|
${bankRow(tenth)}
${bankRow(bank)}

| releases of one environment | diff, one value changed | promote of it, dry run | diff, the chart changed, nothing known | promote of everything, the first | memory of that |
|---|---|---|---|---|---|
| ${delivery.releases.toLocaleString('en')} | ${[delivery.diffOne, delivery.promoteOne, delivery.diffChart, delivery.promoteAll].map(seconds).join(' | ')} | ${memory(delivery.promoteAll)} |
`)
const met = printTargets([
  {
    what: 'helmfile takes so many times as long at 120',
    found: times(at120.helmfile, at120.opencore),
    least: 10,
  },
  { what: 'helm one by one, as long at 120', found: times(at120.helm, at120.opencore), least: 1 },
  { what: 'against the bare engine at 1,000', found: times(at1000.opencore, at1000.engine), most: 1.3 },
  {
    what: 'a release at 10,000 against one at 1,000 (linear)',
    found: times(at10000.opencore, at1000.opencore) / 10,
    most: 1.2,
  },
  { what: 'MiB of memory at 10,000', found: at10000.opencore.mebibytes, most: 1024 },
  { what: 'seconds, one of 120 changed', found: changed.seconds, most: 0.5 },
  { what: 'seconds, verify of a bank, cold', found: bank.verifyCold.seconds, most: 90 },
  { what: 'MiB of memory, verify of a bank, cold', found: bank.verifyCold.mebibytes, most: 1024 },
  { what: 'seconds, verify of a bank, one value changed', found: bank.verifyChanged.seconds, most: 2 },
  { what: 'seconds, generate of a bank, one value changed', found: bank.generateChanged.seconds, most: 3 },
  { what: 'seconds, explain in a bank', found: bank.explain.seconds, most: 0.5 },
  {
    what: 'verify of a release in a bank against one in a platform of a tenth (linear)',
    found: (times(bank.verifyCold, tenth.verifyCold) * tenth.releases) / bank.releases,
    most: 1.2,
  },
  {
    // Its pull requests 164 and 179: 92 applications on both branches.
    what: 'argocd-diff-preview’s published 100 s, for each application, against diff of a changed chart',
    found: 100 / 92 / (delivery.diffChart.seconds / delivery.releases),
    least: 10,
  },
])
if (!met) process.exitCode = 1

/** What somebody waits for, in a row of the table. */
function bankRow({ releases, ...runs }: BankRun): string {
  const { verifyCold, verifyKnown, verifyChanged, generateChanged, explain } = runs
  const cells = [verifyCold, verifyKnown, verifyChanged, generateChanged, explain].map(seconds)
  return `| ${releases.toLocaleString('en')} | ${[...cells, memory(verifyCold)].join(' | ')} |`
}
