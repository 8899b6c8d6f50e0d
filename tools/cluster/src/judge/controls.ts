import { isObject } from '@opencore/contract'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import type { Judgement } from './judgement.ts'

/** What charts/foundation writes on the policy and on the binding of a control: its id. */
const CONTROL = 'opencore.dev/control'

/** What holds, and what to do where it does not. */
export interface Control {
  id: string
  wanted: string
  next: string
}

/** The controls of a foundation, by the name of their policies. */
export type Controls = ReadonlyMap<string, Control>

export function readControls(foundation: readonly KubernetesObject[]): Controls {
  const policies = foundation.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
  return new Map(
    policies.flatMap(({ metadata: { name, labels, annotations } }) => {
      const id = labels?.[CONTROL]
      const { 'opencore.dev/wanted': wanted = '', 'opencore.dev/next': next = '' } = annotations ?? {}
      return id === undefined ? [] : [[name, { id, wanted, next }] as const]
    }),
  )
}

/** Accounts that make what is made of resources, by the group of their API, as charts/foundation says them. */
export type Makers = Readonly<Record<string, string>>

export function readMakers(policies: readonly KubernetesObject[]): Makers {
  const said = policies.map(({ metadata }) => metadata.annotations?.['opencore.dev/makers'])
  const first = said.find((each) => each !== undefined)
  return first === undefined ? {} : (JSON.parse(first) as Makers)
}

/** A refusal names the first violation alone, over all policies; warnings name every one. So controls warn here. */
export function bindToWarn(object: KubernetesObject): KubernetesObject {
  const { kind, metadata, spec } = object as KubernetesObject & { spec?: unknown }
  if (kind !== 'ValidatingAdmissionPolicyBinding' || metadata.labels?.[CONTROL] === undefined) return object
  return { ...object, spec: { ...(isObject(spec) && spec), validationActions: ['Warn'] } }
}

const warned =
  /^Validation failed for ValidatingAdmissionPolicy '(?<policy>[^']+)' with binding '[^']+': (?<message>.*)$/s

/** The finding of a control that warned; nothing where another warned. What it warns of, a cluster refuses. */
export function explainControl(title: string, warning: string, controls: Controls): Judgement | undefined {
  const { policy = '', message = '' } = warned.exec(warning)?.groups ?? {}
  const control = controls.get(policy)
  if (control === undefined) return undefined
  const { id, wanted, next } = control
  // The API server cuts long warnings, so the rest is not read from them.
  const [found = ''] = message.replace(`${id}: `, '').split('; want ')
  return { code: id, severity: 'error', found: `${title}: ${found}`, wanted, next }
}
