import { tcp, type Address } from './end.ts'

/** What flows call the place where pods get credentials of the cloud. */
export const CLOUD_IDENTITY = 'cloud-identity'

/** One way by which a cloud gives a role to pods. */
interface Provider {
  /** The annotation of the ServiceAccount that names the role; none where the cloud keeps the assignment to itself. */
  annotation?: string
  /** What a role looks like. */
  role?: { pattern: RegExp; example: string }
  /** Where credentials are asked for, where that is the same in every cluster. */
  addresses?: readonly Address[]
  /** What is asked, where its addresses differ. */
  endpoint: string
}

const at = (cidr: string, port: number): Address => ({ cidrs: [cidr], ports: tcp(port) })

export const identityProviders = ['irsa', 'pod-identity', 'gke', 'azure'] as const

/** The name of a way by which a cloud gives a role to pods. */
export type IdentityProvider = (typeof identityProviders)[number]

const providers: Readonly<Record<IdentityProvider, Provider>> = {
  // https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
  irsa: {
    annotation: 'eks.amazonaws.com/role-arn',
    role: {
      pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
      example: 'arn:aws:iam::111122223333:role/ledger-db',
    },
    endpoint: 'STS (sts.<region>.amazonaws.com:443)',
  },
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html: the agent of each node.
  'pod-identity': { addresses: [at('169.254.170.23/32', 80)], endpoint: 'the agent' },
  // https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity: the metadata server, by its own address with
  // Dataplane V2, and by the one that it is translated to without.
  gke: {
    annotation: 'iam.gke.io/gcp-service-account',
    role: {
      pattern: /^[^@\s]+@[^@\s]+\.iam\.gserviceaccount\.com$/,
      example: 'ledger-db@bank.iam.gserviceaccount.com',
    },
    addresses: [at('169.254.169.254/32', 80), at('169.254.169.252/32', 988)],
    endpoint: 'the metadata server',
  },
  // https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
  azure: {
    annotation: 'azure.workload.identity/client-id',
    role: {
      pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      example: '00000000-0000-0000-0000-000000000000',
    },
    endpoint: 'Microsoft Entra ID (login.microsoftonline.com:443)',
  },
}

/** How pods of an environment get credentials of the cloud. */
export interface CloudIdentity {
  provider: IdentityProvider
  addresses?: readonly Address[]
  /** Role of each part, by its name. */
  roles?: Readonly<Record<string, string>>
}

/** What is known of the way by which an environment gives roles to pods. */
export function providerOf({ provider }: CloudIdentity): Provider {
  return providers[provider]
}

/** Whether the cloud keeps to itself which part has which role. */
export function keepsRole(identity: CloudIdentity): boolean {
  return providerOf(identity).annotation === undefined
}

/** Where pods ask for credentials; none where that differs and the environment does not say it. */
export function identityAddresses(identity: CloudIdentity): readonly Address[] {
  return identity.addresses ?? providerOf(identity).addresses ?? []
}

/** The annotations of a part's ServiceAccount that give it its role. */
export function roleAnnotations(identity: CloudIdentity, part: string): Record<string, string> {
  const { annotation } = providerOf(identity)
  const role = identity.roles?.[part]
  return annotation !== undefined && role !== undefined ? { [annotation]: role } : {}
}
