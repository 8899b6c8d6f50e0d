import type { Report } from '@opencore/toolchain'
import { mkdir } from 'node:fs/promises'
import { exitCode, Refusal } from '../output/refusal.ts'
import { askPublisher, type RegistryVersion } from './ask-publisher.ts'
import type { ChartPackage, Published } from './chart-package.ts'
import { checkOut, type Keyring, type OutVersion } from './check-out.ts'
import { explainRegistry } from './explain-registry.ts'
import { writePackage } from './write-package.ts'

export interface Registry {
  /** Such as `oci://registry.example.com/charts`. */
  address: string
  /** None: whom `helm registry login` or docker knows. */
  login: { username: string; password: string } | undefined
  /** Whose signatures count there, and what speaks to it. */
  keyring: Keyring
  /** Seconds since 1970, for the dates of what is pushed. */
  epoch: number
}

/**
 * Push what is not there yet. All versions are compared first, so that a refused one keeps every other from being
 * pushed. A registry has no lock and replaces a tag without asking, so each is looked at again just before and after:
 * of two with different content at once, who comes later by more than a push is refused. For the rest of that moment
 * there are registries with immutable tags.
 */
export async function publishToRegistry(
  packages: readonly ChartPackage[],
  registry: Registry,
  report: Report,
): Promise<Published[]> {
  const before = await compareAll(packages, registry)
  for (const [index, one] of packages.entries()) {
    if (before[index]?.digest !== undefined) continue
    await compareAll([one], registry)
    await ask('push', one, registry, { package: one.archive, provenance: one.provenance })
    report(`pushed ${one.chart.name} ${one.chart.version}`)
  }
  const after = await compareAll(packages, registry)
  return Promise.all(
    packages.map(async (one, index): Promise<Published> => {
      const { name, version } = one.chart
      const { digest = '', bills = [] } = after[index] ?? {}
      // Also where an earlier run was killed before it came to this.
      if (bills.length === 0) await ask('attach', one, registry, { digest, bill: one.bill })
      return {
        chart: name,
        version,
        state: before[index]?.digest === undefined ? 'published' : 'was there',
        content: one.content,
        reference: `${registry.address}/${name}@${digest}`,
      }
    }),
  )
}

/**
 * What `publishToRegistry` would do, without a right to push: compare, and put every package with its provenance and its bill
 * of materials into a folder, for somebody who has it. What is there already has its digest, what is not its version.
 */
export async function handOver(
  packages: readonly ChartPackage[],
  registry: Registry,
  folder: string,
): Promise<Published[]> {
  const found = await compareAll(packages, registry)
  await mkdir(folder, { recursive: true })
  for (const one of packages) await writePackage(one, folder)
  return packages.map((one, index): Published => {
    const { name, version } = one.chart
    const digest = found[index]?.digest
    return {
      chart: name,
      version,
      state: digest === undefined ? 'handed over' : 'was there',
      content: one.content,
      reference: digest === undefined ? nameOut(one, registry) : `${registry.address}/${name}@${digest}`,
    }
  })
}

/** What the registry has of each; refuses where that is not ours, as `checkOut` says. */
async function compareAll(packages: readonly ChartPackage[], registry: Registry): Promise<RegistryVersion[]> {
  // One after another: a registry that refuses one refuses all, and the first is enough to be told.
  const found: RegistryVersion[] = []
  for (const one of packages) found.push(await ask('look', one, registry, {}))
  const out = packages.flatMap((ours, index): OutVersion[] => {
    const { package: archive, provenance = '', bills = [] } = found[index] ?? {}
    if (archive === undefined) return []
    const at = nameOut(ours, registry)
    return [
      { ours, archive: Buffer.from(archive, 'base64'), provenance, bills, at: { provenance: at, bill: at } },
    ]
  })
  const findings = await checkOut(out, registry.address, registry.keyring)
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  return found
}

const nameOut = ({ chart: { name, version } }: ChartPackage, { address }: Registry) =>
  `${address}/${name}:${version}`

async function ask(
  command: 'look' | 'push' | 'attach',
  one: ChartPackage,
  registry: Registry,
  request: object,
): Promise<RegistryVersion> {
  const { name, version } = one.chart
  const { address, login, keyring, epoch } = registry
  const repository = `${address.replace(/^oci:\/\//, '')}/${name}`
  const place = { repository, version, ...login, created: epoch }
  const answer = await askPublisher(keyring.publisher, command, { ...place, ...request })
  if ('version' in answer) return answer.version
  throw new Refusal([explainRegistry(answer.refusal, nameOut(one, registry))])
}
