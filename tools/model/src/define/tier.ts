import * as z from 'zod'
import { nameSchema } from '../names.ts'
import { chartLayersSchema } from './chart-layers.ts'
import { syncWindowSchema } from './sync-window.ts'

/** Every tier there is: what rules apply to an environment. */
export const tierNames = ['development', 'staging', 'production'] as const

/** Which rules apply to an environment. */
export type TierName = (typeof tierNames)[number]

const deliverySchema = z.strictObject({
  /** Delete objects that left the charts. */
  prune: z.boolean(),
  /** Undo changes that were made by hand. */
  selfHeal: z.boolean(),
  /**
   * What happens to a release that leaves git: `cascade` deletes it with all it runs, `keep` leaves both in place until
   * a person runs the command that `generate --allow-delete` prints.
   */
  deletion: z.enum(['cascade', 'keep']),
  /**
   * The trust level whose Argo CD serves the tier's environments. Its own objects (ApplicationSets, projects) come from
   * the ref `hub/<name>`, which the platform's people alone may push: whoever may push to an environment's ref decides
   * what runs there, and nothing else.
   */
  hub: nameSchema,
  /** Times in which nothing may, or only then something may, be synced. */
  syncWindows: z.array(syncWindowSchema).exactOptional(),
  /**
   * Ids of the GPG keys of whoever may sign what is synced: the environments' refs and the hub's. They become the
   * projects' `sourceIntegrity`, which Argo CD checks of sources that bring manifests from git, as all of ours do.
   */
  signingKeys: z.array(z.string().regex(/^[0-9A-F]{16}$/)).exactOptional(),
})

/** How Argo CD treats the Applications of a tier. */
export type Delivery = z.infer<typeof deliverySchema>

/** One kind of environment: how it is delivered to, and the values all of its kind share. */
export const tierSchema = z.strictObject({
  name: z.enum(tierNames),
  delivery: deliverySchema,
  /** Values for every release of a chart, in every environment of the tier. */
  values: chartLayersSchema,
})

/** One kind of environment: how it is delivered to, and the values all of its kind share. */
export type Tier = z.infer<typeof tierSchema>
