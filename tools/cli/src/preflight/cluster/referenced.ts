import type { KubernetesObject } from '@opencore/cluster'
import { asList, asText, read, type RenderedObject } from '@opencore/verify'
import type { Check, Query } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong } from '../row.ts'
import type { ClusterWanted } from './cluster-wanted.ts'

/** An object that releases name and do not make: a secret store, an issuer. */
interface Reference {
  apiVersion: string
  kind: string
  name: string
  /** Nothing where it is of the whole cluster. */
  namespace?: string
}

/** Where to read how one is made, by the group of its kind. */
const MANUALS: Readonly<Record<string, string>> = {
  'external-secrets.io': 'https://external-secrets.io/latest/provider/aws-secrets-manager/',
  'cert-manager.io': 'https://cert-manager.io/docs/configuration/',
}

/** Secret stores that secrets come from, and issuers of certificates: there and ready. */
export const referenced: Check<ClusterWanted> = {
  reads: (wanted) => listReferences(wanted).map(queryOf),
  rows: (wanted, answers) =>
    listReferences(wanted).map((reference) => {
      const { apiVersion, kind, name, namespace } = reference
      const place = namespace === undefined ? '' : `-n ${namespace} `
      const manual = MANUALS[apiVersion.split('/')[0] ?? ''] ?? 'its manual'
      const subject = {
        what: `${kind} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`,
        wanted: 'there and ready',
        next: `${kubectl(wanted.context, `${place}describe ${kind.toLowerCase()} ${name}`)} # ${manual}`,
      }
      return judge(subject, answers(queryOf(reference)), ([object]) => {
        if (object === undefined) return missing(subject)
        const condition = readyOf(object)
        if (read(condition, 'status') === 'True') return ok(subject, 'ready')
        return wrong(subject, `not ready${said(asText(read(condition, 'message')))}`)
      })
    }),
}

const said = (message: string | undefined) => (message === undefined ? '' : `: ${message}`)

const queryOf = ({ apiVersion, kind, name, namespace }: Reference): Query => ({
  apiVersion,
  kind,
  name,
  ...(namespace !== undefined && { namespace }),
})

const readyOf = (object: KubernetesObject) =>
  asList(read(object, 'status', 'conditions')).find((condition) => read(condition, 'type') === 'Ready')

function listReferences({ view }: ClusterWanted): Reference[] {
  const stores = view
    .objectsOf('ExternalSecret', 'PushSecret')
    .flatMap((rendered) =>
      [
        read(rendered.object, 'spec', 'secretStoreRef'),
        ...asList(read(rendered.object, 'spec', 'secretStoreRefs')),
      ].map((reference) => refer(rendered, reference, 'SecretStore', 'external-secrets.io/v1')),
    )
  const issuers = view
    .objectsOf('Certificate')
    .map((rendered) =>
      refer(rendered, read(rendered.object, 'spec', 'issuerRef'), 'Issuer', rendered.object.apiVersion),
    )
  const all = [...stores, ...issuers].flatMap((reference) => reference ?? [])
  const outside = all.filter(({ kind, namespace, name }) => !view.exists(kind, namespace, name))
  return [...new Map(outside.map((reference) => [Object.values(reference).join(' '), reference])).values()]
}

/** What a reference means; the kinds of the whole cluster begin with `Cluster`. */
function refer(
  { object }: RenderedObject,
  reference: unknown,
  usual: string,
  apiVersion: string,
): Reference | undefined {
  const name = asText(read(reference, 'name'))
  if (name === undefined) return undefined
  const kind = asText(read(reference, 'kind')) ?? usual
  const { namespace } = object.metadata
  return {
    apiVersion,
    kind,
    name,
    ...(!kind.startsWith('Cluster') && namespace !== undefined && { namespace }),
  }
}
