import { readSelector, type LabelSelector } from '../label-selector.ts'
import { everyPort, noPorts, portRange, unionPorts, type PortSet } from '../network/port-set.ts'
import { asLabels, asList, asRecord, asText, isRecord, read } from '../read.ts'
import type { RenderedObject } from '../rendered-object.ts'
import { coversOperation, type Operation } from '../operations.ts'

/** Who is let in by one rule, and where. */
export interface MeshRule {
  /** Such as `cluster.local/ns/banking-services/sa/payments`; everybody where undefined, plain callers among them. */
  principals: readonly string[] | undefined
  /** Of the container; the mesh knows TCP alone. */
  ports: PortSet
  operation: Operation
  /** Hosts that are asked for; any where undefined. */
  hosts?: readonly string[]
}

/** An AuthorizationPolicy that lets in, as far as it can be compared with declared flows. */
export interface AuthorizationPolicy {
  rendered: RenderedObject
  namespace: string
  /** All pods of the namespace where undefined; of the mesh, in the root namespace. */
  subjects: LabelSelector | undefined
  rules: readonly MeshRule[]
  /** Istio counts what it refuses, and lets it through. */
  isTried: boolean
  /** Fields that say more than accounts, ports, methods and exact or prefixed paths: nobody can tell what they let in. */
  unread: readonly string[]
}

/** Ports that the mesh enforces. */
export const everyMeshPort: PortSet = { ...noPorts, TCP: everyPort.TCP }

/** Whether a rule lets in a caller for what it asks; a caller outside of the mesh has no principal. */
export function letsIn(
  { principals, operation }: MeshRule,
  principal: string | undefined,
  asked: Operation,
): boolean {
  const isMeant = principals === undefined || (principal !== undefined && principals.includes(principal))
  return isMeant && coversOperation([operation], asked)
}

/** Read a rendered AuthorizationPolicy (security.istio.io/v1). */
export function readAuthorizationPolicy(rendered: RenderedObject): AuthorizationPolicy {
  const { metadata, ['spec']: spec } = rendered.object
  const selector = read(spec, 'selector')
  const rules = asList(read(spec, 'rules'))
  const action = asText(read(spec, 'action')) ?? 'ALLOW'
  return {
    rendered,
    namespace: metadata.namespace ?? 'default',
    subjects: isRecord(selector) ? readSelector(selector) : undefined,
    rules: rules.flatMap(readRule),
    isTried: isTried(asLabels(metadata.annotations)['istio.io/dry-run']),
    unread: [
      ...(action === 'ALLOW' ? [] : [`spec.action ${action}`]),
      ...listOthers(spec, 'spec', ['selector', 'action', 'rules']),
      ...rules.flatMap((rule, index) => listUnread(rule, `spec.rules[${index}]`)),
    ],
  }
}

/** As Go parses a bool, which is what Istio does; what is neither true nor false is enforced. */
const isTried = (dryRun: string | undefined) => /^(1|t|T|true|TRUE|True)$/.test(dryRun ?? '')

/** Each pair of a source and an operation is a way in of its own. */
function readRule(rule: unknown): MeshRule[] {
  const sources = asList(read(rule, 'from')).map((from) => textsAt(read(from, 'source'), 'principals'))
  const operations = asList(read(rule, 'to')).map((to) => asRecord(read(to, 'operation')))
  return (sources.length > 0 ? sources : [undefined]).flatMap((principals) =>
    (operations.length > 0 ? operations : [{}]).map((operation): MeshRule => {
      const [ports, methods, paths, hosts] = ['ports', 'methods', 'paths', 'hosts'].map((key) =>
        textsAt(operation, key),
      )
      const numbers = ports?.map((port) => portRange('TCP', Number(port)))
      return {
        principals,
        ports: numbers ? unionPorts(numbers) : everyMeshPort,
        operation: { ...(methods && { methods }), ...(paths && { paths }) },
        ...(hosts && { hosts }),
      }
    }),
  )
}

function listUnread(rule: unknown, at: string): string[] {
  return [
    ...listOthers(rule, at, ['from', 'to']),
    ...asList(read(rule, 'from')).flatMap((from, index) => [
      ...listOthers(read(from, 'source'), `${at}.from[${index}].source`, ['principals']),
      ...(textsAt(read(from, 'source'), 'principals') ?? [])
        .filter((principal) => principal.includes('*'))
        .map((principal) => `${at}.from[${index}].source.principals ${principal}`),
    ]),
    ...asList(read(rule, 'to')).flatMap((to, index) => [
      ...listOthers(read(to, 'operation'), `${at}.to[${index}].operation`, [
        'ports',
        'methods',
        'paths',
        'hosts',
      ]),
      ...(textsAt(read(to, 'operation'), 'paths') ?? [])
        .filter((path) => /\*(?!$)|[{}]/.test(path))
        .map((path) => `${at}.to[${index}].operation.paths ${path}`),
    ]),
  ]
}

const listOthers = (value: unknown, at: string, known: readonly string[]) =>
  Object.keys(asRecord(value))
    .filter((key) => !known.includes(key))
    .map((key) => `${at}.${key}`)

/** The texts of a list; undefined where there is none, or nothing in it, which Istio takes for anything. */
function textsAt(value: unknown, key: string): string[] | undefined {
  const list = asRecord(value)[key]
  return Array.isArray(list) && list.length > 0 ? list.filter((item) => typeof item === 'string') : undefined
}
