import { textAt } from '../read-value.ts'
import { CLOUD_IDENTITY } from './cloud-identity.ts'
import { deriveData } from './derive-data.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import { accountOf } from './account-of.ts'
import { listIssued, loginUserOf, MANAGER, type Issued } from './issued.ts'
import { tcp } from './end.ts'
import { API_SERVER } from './network-enforcer.ts'
import type { Call, Facts, Inside, Part, PartKind } from './part.ts'

/** The chart that runs OpenBao. */
export const vaultChart = 'vault'

/** Where OpenBao answers, and where its servers talk among themselves. */
const PORT = 8200
const RAFT_PORT = 8201

/** OpenBao, as the chart `vault` runs it: where secrets of services are kept, and who reads them. */
export const vault: PartKind = {
  look: { shape: 'cylinder', fill: '#e4f3e8' },
  doors: (part) => {
    const door = { podLabels: serversOf(part), ports: tcp(PORT), list: 'ingress' }
    return [
      { ...door, for: 'external-secrets' },
      { ...door, for: 'prometheus', suffix: ':metrics' },
    ]
  },
  // It asks the API server whose a token is, and the key of its seal at each start.
  calls: (part) => {
    const call = { podLabels: serversOf(part), list: 'egress' }
    const host = sealHostOf(part)
    return [
      { ...call, to: API_SERVER },
      ...(host === undefined ? [] : [{ ...call, to: host }]),
      // Databases in which it sets passwords.
      ...part.uses.map(({ to, place }) => ({ ...call, to, declared: place })),
      ...(isCloudSeal(part)
        ? [{ ...call, to: CLOUD_IDENTITY, account: ['serviceAccount', 'annotations'] }]
        : []),
    ] satisfies Call[]
  },
  inside: (part) =>
    [
      { suffix: ':inside:servers', from: serversOf(part), to: serversOf(part), ports: tcp(PORT, RAFT_PORT) },
      { suffix: ':inside:configuration', from: jobOf(part), to: serversOf(part), ports: tcp(PORT) },
    ] satisfies Inside[],
  settings: () => ({ env: {} }),
  alertLabels: ['prometheusRule', 'alertLabels'],
  values: (facts) =>
    joinDerived([
      deriveData(facts),
      derive(['serviceMonitor', 'enabled'], true, facts.part.place),
      ...facts.keepers.map((keeper) => deriveClient(keeper, facts)),
      ...issuedBy(facts).flatMap((issued) => [deriveLogin(issued), deriveDatabase(issued, facts)]),
    ]),
}

/** Where the secrets of a service's own are kept: one folder for each, so that its rights are one line. */
export function secretFolderOf(
  { name }: Pick<Part, 'name'>,
  { environment }: Pick<Facts, 'environment'>,
): string {
  return `services/${environment.value.name}/${name}`
}

/** The vault of an environment, where it has one. */
export function findVault(parts: readonly Part[]): Part | undefined {
  return parts.find(({ kind }) => kind === vaultChart)
}

/** The vault that secrets come from; none where the environment has a store of its own. */
export function vaultInUse({ parts, environment }: Pick<Facts, 'parts' | 'environment'>): Part | undefined {
  return environment.value.secretStore ? undefined : findVault(parts)
}

/** How others log in to a vault: its address, the path of its store, and the audience of their tokens. */
function loginOf({ values, objects, namespace }: Part) {
  return {
    server: `https://${objects}.${namespace}.svc:${PORT}`,
    mount: textAt(values, 'configuration', 'mount') ?? '',
    audience: textAt(values, 'configuration', 'audience') ?? '',
  }
}

/** A part with secrets reads its own folder, by its own account and no other. */
function deriveClient({ part, place }: Facts['keepers'][number], facts: Facts): DerivedValues {
  const client = {
    namespace: part.namespace,
    serviceAccount: accountOf(part),
    read: [secretFolderOf(part, facts)],
  }
  return derive(['configuration', 'clients', part.name], client, place)
}

/** A service whose password is rotated reads that, by its own account and no other. */
function deriveLogin({ service, place }: Issued): DerivedValues {
  const client = { namespace: service.namespace, serviceAccount: accountOf(service), logins: [service.name] }
  return derive(['configuration', 'clients', service.name], client, place)
}

/** Where a database answers, and whose passwords are rotated there. */
function deriveDatabase({ service, database, place }: Issued, facts: Facts): DerivedValues {
  const server = {
    host: `${database.objects}-rw.${database.namespace}.svc`,
    username: MANAGER,
    passwordPath: passwordPathOf(database, facts),
    logins: { [service.name]: loginUserOf(service) },
  }
  return derive(['configuration', 'databases', database.name], server, place)
}

/** Whose passwords the environment's vault rotates. */
function issuedBy(facts: Facts): Issued[] {
  return vaultInUse(facts) ? listIssued(facts.parts, facts.environment) : []
}

/** The entry with the password by which the vault itself logs in to a database. */
export function passwordPathOf(database: Pick<Part, 'name'>, facts: Pick<Facts, 'environment'>): string {
  return `${secretFolderOf(database, facts)}/${MANAGER}`
}

/** The store of a part that keeps secrets in a vault, by which it logs in as itself and as nobody else. */
export function deriveStore(facts: Facts): DerivedValues {
  const found = vaultInUse(facts)
  const at =
    facts.keepers.find(({ part }) => part.name === facts.part.name)?.place ??
    issuedBy(facts).find(({ service }) => service.name === facts.part.name)?.place
  if (!found || !at) return nothing
  return derive(['secretStore'], { ...loginOf(found), role: facts.part.name }, at)
}

/** The host of the key that unseals, as an environment names its addresses; none where the key is in the cluster. */
function sealHostOf({ values }: Part): string | undefined {
  const at = (...path: string[]) => textAt(values, 'seal', ...path)
  const hosts: Readonly<Record<string, string | undefined>> = {
    awskms: hostOf(at('awskms', 'endpoint')) ?? `kms.${at('awskms', 'region') ?? ''}.amazonaws.com`,
    gcpckms: 'cloudkms.googleapis.com',
    azurekeyvault: `${at('azurekeyvault', 'vaultName') ?? ''}.vault.azure.net`,
    transit: hostOf(at('transit', 'address')),
  }
  return hosts[at('type') ?? '']
}

const hostOf = (url: string | undefined) => (url === undefined ? undefined : new URL(url).hostname)

const isCloudSeal = ({ values }: Part) =>
  ['awskms', 'gcpckms', 'azurekeyvault'].includes(textAt(values, 'seal', 'type') ?? '')

const serversOf = ({ objects }: Part) => ({ 'app.kubernetes.io/name': objects })

/** The Job that applies the configuration. */
const jobOf = ({ objects }: Part) => ({ 'app.kubernetes.io/name': `${objects}-configuration` })
