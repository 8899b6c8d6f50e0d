import { groupOf } from '@opencore/contract'
import type { ObjectView } from '@opencore/verify'

/** An operator as the controls of a foundation know it: `controls.operators` of its values. */
export interface Operator {
  name: string
  /** Who it has to be to the API server: controls exempt and judge it by that. */
  account: string
  /** Groups of its resources. */
  apis: readonly string[]
}

/** What charts/foundation writes on the policy that keeps operators' labels for them. */
const OPERATORS = 'opencore.dev/operators'

/** The operators that rendered controls take for granted, and that rendered objects are for. */
export function listOperators(view: ObjectView): Operator[] {
  return known(view).filter((operator) => isUsed(view, operator))
}

/** Whether a part of the platform has something to do: it is no operator, or there are objects for it. */
export function isWanted(view: ObjectView, part: string): boolean {
  const operator = known(view).find(({ name }) => name === part)
  return operator === undefined || isUsed(view, operator)
}

function known(view: ObjectView): Operator[] {
  const notes = view
    .objectsOf('ValidatingAdmissionPolicy')
    .flatMap(({ object }) => (object.metadata.annotations as Notes | undefined)?.[OPERATORS] ?? [])
  const [first = '{}'] = notes
  const operators = JSON.parse(first) as Record<string, Omit<Operator, 'name'>>
  return Object.entries(operators).map(([name, operator]) => ({ ...operator, name }))
}

type Notes = Readonly<Record<string, string>>

const isUsed = (view: ObjectView, { apis }: Operator) =>
  view.objects.some(({ object }) => apis.includes(groupOf(object)))
