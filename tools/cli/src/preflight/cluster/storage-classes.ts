import type { KubernetesObject } from '@opencore/cluster'
import { asList, asText, read, type ObjectView } from '@opencore/verify'
import type { Check, Query } from '../check.ts'
import { kubectl } from '../commands.ts'
import { hidden, judge, missing, ok, wrong, type Row, type Subject } from '../row.ts'
import type { ClusterWanted } from './cluster-wanted.ts'

const classes: Query = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'

/** Provisioners whose volumes are encrypted whether one asks or not: Google's and Azure's words. */
const ALWAYS_ENCRYPTING = ['pd.csi.storage.gke.io', 'disk.csi.azure.com']

/** The classes that claims name, or the default where one names none: there, expandable, of the pod's zone, encrypting. */
export const storageClasses: Check<ClusterWanted> = {
  reads: () => [classes],
  rows: ({ context, environment, view }, answers) =>
    listClasses(view).flatMap((name): Row[] => {
      const subject = {
        what: name === undefined ? 'default storage class' : `storage class ${name}`,
        wanted: 'there, and its volumes can grow',
        next: `${kubectl(context, 'get storageclass')} # make one with allowVolumeExpansion: true`,
      }
      const seen = answers(classes)
      return [
        judge(subject, seen, (all) => {
          const found = find(all, name)
          if (found === undefined) return missing(subject)
          const shown = `${found.metadata.name} of ${asText(found['provisioner']) ?? 'nobody'}`
          if (found['allowVolumeExpansion'] !== true) {
            const patch = `patch storageclass ${found.metadata.name} --patch '{"allowVolumeExpansion":true}'`
            return wrong({ ...subject, next: kubectl(context, patch) }, `${shown}, whose volumes cannot grow`)
          }
          return environment.definition.zones.length > 1 &&
            found['volumeBindingMode'] !== 'WaitForFirstConsumer'
            ? wrong(
                inZone(context, subject),
                `${shown}, which makes a volume in any zone before its pod has one`,
              )
            : ok(subject, shown)
        }),
        ...('value' in seen ? describeEncryption(context, find(seen.value, name)) : []),
      ]
    }),
}

/** Spread over zones, a pod may not be allowed into the one where its volume is. */
const inZone = (context: string, subject: Subject): Subject => ({
  ...subject,
  wanted: 'volumes in the zone that the scheduler chose for their pod',
  next: `${kubectl(context, 'get storageclass')} # its mode stays as it is: make another class, with volumeBindingMode: WaitForFirstConsumer`,
})

function describeEncryption(context: string, found: KubernetesObject | undefined): Row[] {
  if (found === undefined) return []
  const { name } = found.metadata
  const provisioner = asText(found['provisioner']) ?? ''
  const says = asText(read(found, 'parameters', 'encrypted'))
  const subject = {
    what: `storage class ${name}: encryption`,
    wanted: 'volumes that are encrypted',
    next: `${kubectl(context, `get storageclass ${name} -o yaml`)} # parameters stay as they are: make another class, with encrypted: "true"`,
  }
  if (ALWAYS_ENCRYPTING.includes(provisioner)) return [ok(subject, `always, by ${provisioner}`)]
  if (says === 'true') return [ok(subject, 'encrypted: "true"')]
  if (says !== undefined) return [wrong(subject, `encrypted: "${says}"`)]
  return [hidden(subject, `its parameters do not say; ask ${provisioner}`)]
}

function find(all: readonly KubernetesObject[], name: string | undefined): KubernetesObject | undefined {
  return all.find(({ metadata }) =>
    name === undefined ? metadata.annotations?.[DEFAULT_CLASS] === 'true' : metadata.name === name,
  )
}

/** Of each claim that is rendered, made by an operator or made for a StatefulSet. */
function listClasses({ objects, made }: ObjectView): (string | undefined)[] {
  const specs = [...objects, ...made].flatMap(({ object }) => {
    if (object.kind === 'PersistentVolumeClaim') return [read(object, 'spec')]
    if (object.kind !== 'StatefulSet') return []
    return asList(read(object, 'spec', 'volumeClaimTemplates')).map((template) => read(template, 'spec'))
  })
  return [...new Set(specs.map((spec) => asText(read(spec, 'storageClassName'))))].sort()
}
