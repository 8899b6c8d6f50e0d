import * as z from 'zod'
import { nameSchema } from '../names.ts'

/** Where something listens. */
export const portSchema = z.strictObject({
  port: z.int().min(1).max(65535),
  protocol: z.enum(['TCP', 'UDP']),
})

const cidrSchema = z
  .union([z.cidrv4(), z.cidrv6()], { error: 'a block of addresses, such as 10.0.0.0/16' })
  .refine((cidr) => !isTooWide(cidr), {
    error:
      'a block no wider than 10.0.0.0/8, or of IPv6 than /16: behind a name nobody expects half of the Internet',
  })

/** The widest block that anybody has for themselves is 10.0.0.0/8, and fc00::/7 the one of IPv6 that nobody routes. */
function isTooWide(cidr: string): boolean {
  const [address = '', length = ''] = cidr.split('/')
  if (!address.includes(':')) return Number(length) < 8
  return Number(length) < 16 && !/^f[cd]/i.test(address)
}
/** A host by its full name: two labels or more. */
export const hostSchema = z.string().regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]([-a-z0-9]*[a-z0-9])?$/)

/** Blocks of addresses, at least one: an empty list would be read as everybody. */
export const cidrsSchema = z.array(cidrSchema).min(1)

const addressSchema = z.strictObject({
  cidrs: cidrsSchema,
  ports: z.array(portSchema).min(1),
  /** Of something in front of which there is a Service: whether these are the Service's or those of the endpoints. */
  of: z.enum(['service', 'endpoints']).exactOptional(),
})

/** Addresses as network policies of one cluster see them, and where they listen. */
export const addressesSchema = z.array(addressSchema).min(1)

/** Something that the cluster brings and that parts of ours talk to: an operator, the ingress gateway, cluster DNS. */
export const platformPartSchema = z.strictObject({
  /** What flows and rules call it. */
  name: nameSchema,
  /** Namespace that it runs in. */
  namespace: z.string().min(1),
  /** Labels of its pods; at least one, or the whole namespace would be let in. */
  podLabels: z
    .record(z.string(), z.string())
    .refine((labels) => Object.keys(labels).length > 0, { error: 'at least one label' }),
  /** ServiceAccount of its pods, where they are in the mesh; without, what it calls there is called in plain. */
  serviceAccount: nameSchema.exactOptional(),
  /** Where it listens; none for one that only calls. */
  ports: z.array(portSchema).exactOptional(),
})

/** Something that the cluster brings and that parts of ours talk to. */
export type PlatformPart = z.infer<typeof platformPartSchema>
