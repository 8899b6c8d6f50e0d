import * as z from 'zod'
import { nameSchema } from '../names.ts'
import { dataKinds, type DataChart } from '../parts/index.ts'
import { hostSchema, portSchema } from './platform-part.ts'

/** A host that is no part of the platform, such as a mail relay or a payment rail. */
const externalSchema = z.strictObject({
  /** Its name; each environment says in `addresses` where it is, as network policies see it. */
  host: hostSchema,
  ...portSchema.shape,
})

/**
 * Secrets of its own by name, each with its keys. They come from the environment's `secretStore`, are files in its
 * containers, and no other pod may refer to them.
 */
const secretsSchema = z.record(
  nameSchema,
  z.strictObject({ keys: z.array(z.string().regex(/^[-._a-zA-Z0-9]+$/)).min(1) }),
)

const methodSchema = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** A service by name; in the long form with what is asked for there, which the mesh then holds its user to. */
const serviceUseSchema = z.union([
  z.string(),
  z.strictObject({
    name: z.string(),
    /** HTTP methods; any where left out. */
    methods: z.array(methodSchema).min(1).exactOptional(),
    /** Paths; one that ends in `/*` stands for all below it. Any where left out. */
    paths: z
      .array(z.string().regex(/^\/([^*?#{}]*|[^*?#{}]*\/\*)$/))
      .min(1)
      .exactOptional(),
  }),
])

/** What a service calls: services by name, one part of each kind of the data layer, hosts beyond the platform; and its secrets. */
export const usesSchema = z.strictObject({
  services: z.array(serviceUseSchema).exactOptional(),
  external: z.array(externalSchema).exactOptional(),
  secrets: secretsSchema.exactOptional(),
  ...dataUses(),
})

type DataUses = { [Chart in DataChart]: z.ZodExactOptional<(typeof dataKinds)[Chart]['use']> }

function dataUses(): DataUses {
  const entries = Object.entries(dataKinds).map(([chart, { use }]) => [
    chart,
    z.exactOptional(use as z.ZodType),
  ])
  return Object.fromEntries(entries) as DataUses
}
