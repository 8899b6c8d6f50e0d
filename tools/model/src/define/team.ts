import { z } from 'zod'
import { nameSchema } from '../names.ts'

/** People who own services and data of the platform. */
export const teamSchema = z.strictObject({
  name: nameSchema,
  /** Team of the git host that approves changes of what it owns. A team, not a person: nobody approves their own change. */
  codeOwner: z.string().regex(/^@[A-Za-z0-9][-A-Za-z0-9]*\/[A-Za-z0-9][-._A-Za-z0-9]*$/),
})

/** People who own services and data of the platform. */
export type Team = z.infer<typeof teamSchema>
