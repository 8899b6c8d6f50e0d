import * as z from 'zod'
import { nameSchema } from '../names.ts'
import { identityProviders } from '../parts/cloud-identity.ts'
import { addressesSchema } from './platform-part.ts'

/** How pods of a cluster get credentials of the cloud, so that there is no key to keep. */
export const identitySchema = z.strictObject({
  /** Roles for service accounts of EKS, its Pod Identity, Workload Identity of GKE, or that of Azure. */
  provider: z.enum(identityProviders),
  /** Where pods ask for them, of the providers for which it differs: STS, Entra ID. */
  addresses: addressesSchema.exactOptional(),
  /** The role of each part, by its name; EKS Pod Identity keeps them itself. */
  roles: z.record(nameSchema, z.string().min(1)).exactOptional(),
})
