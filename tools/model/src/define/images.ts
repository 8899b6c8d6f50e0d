import { z } from 'zod'

/** Digest of every image that the platform runs, by `repository:tag`. */
export const imagesSchema = z.record(z.string(), z.string().regex(/^sha256:[0-9a-f]{64}$/))

/** Digest of every image that the platform runs, by `repository:tag`. */
export type Images = z.infer<typeof imagesSchema>
