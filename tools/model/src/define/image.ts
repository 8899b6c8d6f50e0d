import * as z from 'zod'

/** What a registry takes for a tag (OCI distribution, `reference`); the name of none is for nothing in particular. */
export const tagSchema = z
  .string()
  .regex(/^[A-Za-z0-9_][-.A-Za-z0-9_]{0,127}$/)
  .refine((tag) => tag !== 'latest', { error: 'the tag of one version: `latest` is another tomorrow' })

export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/)

/** What a service runs, in every environment that it is promoted to: `environments/images/<service>.yaml`. */
export const imageSchema = z.strictObject({
  /** For people. */
  tag: tagSchema,
  /** For the kubelet: a tag can be moved, a digest cannot. */
  digest: digestSchema,
})

/** What a service runs, in every environment that it is promoted to. */
export type Image = z.infer<typeof imageSchema>
