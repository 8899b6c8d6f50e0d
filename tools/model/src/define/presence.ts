import * as z from 'zod'
import { nameSchema } from '../names.ts'

/** The environments that a service or data is in: these alone, or all where it is not said. */
export const presenceSchema = z.array(nameSchema).min(1)

/** The environments that a service or data is in: these alone, or all where it is not said. */
export type Presence = z.infer<typeof presenceSchema>

/** Whether something is in an environment. */
export function isIn({ environments }: { environments?: Presence }, environment: string): boolean {
  return environments?.includes(environment) ?? true
}
