import * as z from 'zod'
import { nameSchema } from '../names.ts'

/** A group as the identity provider names it, and as Argo CD reads it without quotes. */
const groupSchema = z.string().regex(/^[^\s",]([^"\n\r\t,]*[^\s",])?$/)

const channelSchema = z.string().regex(/^[a-z0-9][-_a-z0-9]{0,79}$/)

/** People who own services and data of the platform. */
export const teamSchema = z.strictObject({
  /** A label of what it owns, which takes 63 characters. */
  name: nameSchema.max(63),
  /** Team of the git host that approves changes of what it owns. A team, not a person: nobody approves their own change. */
  codeOwner: z.string().regex(/^@[A-Za-z0-9][-A-Za-z0-9]*\/[A-Za-z0-9][-._A-Za-z0-9]*$/),
  /** Groups of the identity provider, by what their people may do in Argo CD with what the team owns. */
  groups: z.strictObject({
    /** See it, and sync it to what is on the environment's ref. */
    sync: z.array(groupSchema).min(1),
    /** See it. */
    read: z.array(groupSchema).exactOptional(),
  }),
  /** Somebody is on call: what is critical in production wakes them. Their key of the pager is in production's vaults. */
  onCall: z.literal(true).exactOptional(),
  /** Slack channels that hear of its Applications. */
  channels: z.strictObject({
    /** A new version runs. */
    news: channelSchema,
    /** A sync fails, something is broken, or an alert fires. */
    alerts: channelSchema,
  }),
})

/** People who own services and data of the platform. */
export type Team = z.infer<typeof teamSchema>
