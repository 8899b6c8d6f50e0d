import * as z from 'zod'
import { chartLayersSchema, serviceLayerSchema } from './chart-layers.ts'
import { dataLayerSchema } from './data.ts'
import { identitySchema } from './identity.ts'
import { nameSchema } from '../names.ts'
import { meshModes } from '../parts/mesh-member.ts'
import { environmentRoles } from '../parts/part.ts'
import { networkEnforcers } from '../parts/network-enforcer.ts'
import { addressesSchema, cidrsSchema } from './platform-part.ts'
import { tierNames } from './tier.ts'

/** The same platform in another region: the one that waits follows the one that serves. */
const counterpartSchema = z.strictObject({
  /** Name of its environment, whose own counterpart is this one. */
  environment: nameSchema,
  /** Addresses of its pods and load balancers, as network policies of this cluster see them. */
  cidrs: cidrsSchema,
  /**
   * ClusterSecretStore of the External Secrets operator that both reach: credentials by which one reads the other go
   * there at each renewal. Both say the same.
   */
  secretStore: nameSchema,
})

const meshSchema = z.strictObject({
  /** How pods come into it. */
  mode: z.enum(meshModes),
  /**
   * The step between none and a mesh that is closed, for an environment that runs: pods get their proxies one after the
   * other, so calls in plain are taken, and policies are tried and not enforced. `verify` warns of it, and refuses it after
   * that day (`2026-12-31`).
   */
  joining: z.strictObject({ until: z.iso.date() }).exactOptional(),
})

const secretStoreSchema = z.strictObject({
  kind: z.enum(['SecretStore', 'ClusterSecretStore']),
  name: nameSchema,
})

/** One cluster in one region. */
export const environmentSchema = z.strictObject({
  /** Its folder, its git ref `env/<name>`, and its cluster's name in Argo CD. */
  name: nameSchema,
  tier: z.enum(tierNames),
  /**
   * `active` serves. `standby` waits: services at zero pods, and data that follows the counterpart. `stepping-down` is the
   * first step of a planned move: services at zero pods here too and databases demoted, so that nobody writes, while the
   * other still copies from here what it lacks.
   */
  role: z.enum(environmentRoles),
  region: z.string().min(1),
  /** Availability zones that its nodes are in. */
  zones: z.array(z.string().min(1)).min(1),
  /** Version of its API server, as charts are rendered for it: `1.36.3`. */
  kubernetesVersion: z.string().regex(/^1\.\d+\.\d+$/),
  /** Domain of the hosts that services expose at the edge. */
  domain: z.string().regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$/),
  /**
   * What enforces its network policies, and so as what the API server is seen; where it is not said, both the Service's
   * address and the endpoints' have to be open.
   */
  networkEnforcer: z.enum(networkEnforcers).exactOptional(),
  /** Services are in a mesh (Istio): who may call them is known by account, and nothing goes in plain. */
  mesh: meshSchema.exactOptional(),
  /**
   * What its parts call that is no pod, by name: `kubernetes-api`, each bucket of object stores by its own name (for Azure
   * the account's host), each host that services use beyond the platform, and `dns-cache` where NodeLocal DNSCache answers beside the cluster's DNS. Without a default,
   * since no two clusters agree.
   */
  addresses: z.record(z.string(), addressesSchema),
  /** The store of the External Secrets operator with the secrets of services; one in each namespace, or one for all. */
  secretStore: secretStoreSchema.exactOptional(),
  /**
   * Services that log in to their database by a user of their own, whose password the environment's vault rotates. Everything
   * for it follows: the vault's own user there, rights, ways, and the Secret that the service reads.
   */
  rotatedCredentials: z.array(nameSchema).min(1).exactOptional(),
  identity: identitySchema.exactOptional(),
  counterpart: counterpartSchema.exactOptional(),
  /** Values for every release of a chart, here. */
  values: chartLayersSchema.exactOptional(),
  /** Values of one service, here, by the service's name. */
  services: z.record(z.string(), serviceLayerSchema).exactOptional(),
  /** Values of one release of the data layer, here, by its name. */
  data: z.record(z.string(), dataLayerSchema).exactOptional(),
})

/** One cluster in one region. */
export type Environment = z.infer<typeof environmentSchema>
