import * as z from 'zod'
import { chartLayersSchema } from './chart-layers.ts'
import { nameSchema } from '../names.ts'

/** What holds for the whole platform, and the weakest layer of values. */
export const defaultsSchema = z.strictObject({
  /** The team that owns all that no other does: tiers, environments, components, charts and tools. */
  team: nameSchema,
  /** Where Argo CD reads from. */
  delivery: z.strictObject({
    /** The git repository with the refs `env/<environment>` and `hub/<hub>`; one on this machine for `opencore up`. */
    git: z.string().min(1),
    /** Namespace of Argo CD in the hub cluster. */
    namespace: nameSchema,
  }),
  /** Namespaces of services and data: each has quotas and rules of its own, so that a new one is the platform's decision. */
  namespaces: z.array(nameSchema).min(1),
  /** Releases that every environment has beside its services, by release name. */
  components: z.record(nameSchema, z.strictObject({ chart: nameSchema, namespace: nameSchema })),
  /** Values for every release of a chart, in every environment. */
  values: chartLayersSchema,
})

/** What holds for the whole platform, and the weakest layer of values. */
export type Defaults = z.infer<typeof defaultsSchema>
