import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { glob, path } from 'zx'

/** How large a platform is: more environments, each with more services than this checkout's. */
export interface BankSize {
  environments: number
  services: number
  /** The one environment that the additional services are in; all where it is not said. */
  only?: string
}

/** A namespace with more would be over its tier's quota. */
const SERVICES_A_NAMESPACE = 8

/** About 150 releases, and about 1,560. */
export const small: BankSize = { environments: 2, services: 11 }
export const large: BankSize = { environments: 11, services: 90 }
/** About 1,000 releases in one environment. */
export const wide: BankSize = { environments: 0, services: 990, only: 'dev' }

/** A checkout of a larger bank: this one's charts and environments, with more services in more environments. */
export async function writeBankTree(root: string, folder: string, size: BankSize): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const name of ['charts', 'environments'])
    await cp(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (file) => !file.endsWith('node_modules'),
    })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  await writeFile(path.join(folder, '.gitignore'), 'node_modules\n.opencore\n')
  const at = (...parts: string[]) => path.join(folder, 'environments', ...parts)
  for (let index = 0; index < size.services; index++) {
    await writeFile(at('services', `${serviceName(index)}.ts`), service(index, size))
    await cp(at('images', 'customers.yaml'), at('images', `${serviceName(index)}.yaml`))
  }
  const namespaces = Array.from({ length: size.services }, (_, index) => `'${namespaceOf(index)}', `)
  const defaults = await readFile(at('defaults.ts'), 'utf8')
  await writeFile(
    at('defaults.ts'),
    defaults.replace('namespaces: [', `namespaces: [${[...new Set(namespaces)].join('')}`),
  )
  for (let index = 0; index < size.environments; index++) {
    // Production's two regions follow each other, and have no like.
    const like = index % 2 === 0 ? 'staging' : 'dev'
    const name = `${like}-${index}`
    const text = await readFile(at(like, 'index.ts'), 'utf8')
    await mkdir(at(name))
    await writeFile(at(name, 'index.ts'), text.replaceAll(new RegExp(`(?<!tier: ')\\b${like}\\b`, 'g'), name))
  }
}

/** How many releases a checkout has, in one environment or in all, as its generated lists say. */
export async function countReleases(folder: string, environment = '*'): Promise<number> {
  const lists = await glob(`argocd/${environment}/releases.yaml`, { cwd: folder, absolute: true })
  const texts = await Promise.all(lists.map((list) => readFile(list, 'utf8')))
  return texts.flatMap((text) => [...text.matchAll(/^ *- release:/gm)]).length
}

export const serviceName = (index: number) => `service-${String(index).padStart(2, '0')}`

const namespaceOf = (index: number) => `bank-${Math.floor(index / SERVICES_A_NAMESPACE)}`

/** Each calls the one before it, as chains of services do, and one that all know. */
function service(index: number, { only }: BankSize): string {
  const before = index === 0 ? [] : [serviceName(index - 1)]
  const definition = {
    name: serviceName(index),
    team: 'platform',
    namespace: namespaceOf(index),
    ...(only !== undefined && { environments: [only] }),
    uses: { services: ['customers', ...before] },
    exposes: { services: true, metrics: true },
    values: {
      image: { repository: 'registry.firefly-banking.com/core-banking/customers' },
      env: { ROUND: '0' },
    },
  }
  return `import { defineService } from '@opencore/model/define'

export const service${index} = defineService(${JSON.stringify(definition)})
`
}
