import * as z from 'zod'
import { nameSchema } from '../names.ts'
import { serviceLayerSchema } from './chart-layers.ts'
import { presenceSchema } from './presence.ts'
import { usesSchema } from './uses.ts'

const edgeSchema = z.strictObject({
  /** First label of the host name; the environment's domain follows. */
  host: nameSchema,
  /** URL paths, each with everything below it. */
  paths: z.array(z.string().regex(/^\//)).min(1),
})

/** One service of the platform, the same in every environment. */
export const serviceSchema = z.strictObject({
  /** Name of the release, and so of its Deployment, Service and ServiceAccount. */
  name: nameSchema,
  /** Who owns it: approves its changes and hears of it. */
  team: nameSchema,
  namespace: nameSchema,
  environments: presenceSchema.exactOptional(),
  /** What it calls. Rules on both ends and connection settings follow from it. */
  uses: usesSchema.exactOptional(),
  /** Who may call it. */
  exposes: z
    .strictObject({
      /** Other services may declare that they use it. */
      services: z.boolean().exactOptional(),
      /** The ingress gateway serves it to the outside. */
      edge: edgeSchema.exactOptional(),
      /** Prometheus scrapes it. */
      metrics: z.boolean().exactOptional(),
    })
    .exactOptional(),
  /** Values of this service in every environment. */
  values: serviceLayerSchema.exactOptional(),
})

/** One service of the platform, the same in every environment. */
export type Service = z.infer<typeof serviceSchema>
