import type { Status } from '../kubernetes/kubernetes-object.ts'

/** One reason for a refusal: the field, where the API server names one, and what it says about it. */
export interface Reason {
  field?: string
  message: string
}

/** `.spec.replicas: expected numeric ...`, alone or as a line of a list (structured-merge-diff). */
const typedError = /(?:^|\): |\n\s+)\.(?<field>[^\n]*?): (?<message>[^\n]+)/g
/** `unknown field "spec.foo"` and `duplicate field "spec.foo"` of a strict decoder. */
const strictError = /(?<message>unknown field|duplicate field) "(?<field>[^"]+)"/g
const policyError =
  /ValidatingAdmissionPolicy '(?<policy>[^']+)' with binding '[^']+' denied request: (?<message>.*)$/s

/** Every reason in the API server's answer, in its words; sorted by field where it lists them at random. */
export function explainRefusal({ message, details }: Status): Reason[] {
  const policy = policyError.exec(message)?.groups
  if (policy?.['message'] !== undefined)
    return [{ message: `${policy['message']} (policy ${policy['policy'] ?? ''})` }]
  const causes = (details?.causes ?? []).filter(
    (cause) => cause.field !== undefined && cause.message !== undefined,
  )
  if (causes.length > 0)
    return causes.map(({ field, message = '' }) => ({ ...(field && { field }), message }))
  if (message.startsWith('failed to create typed patch object')) return listErrors(message, typedError)
  if (message.includes('strict decoding error')) return listErrors(message, strictError)
  // `pods "x" is forbidden: ` repeats what every message of ours starts with.
  return [{ message: message.replace(/^\S+ "[^"]*" is forbidden: /, '') }]
}

function listErrors(message: string, pattern: RegExp): Reason[] {
  const found = [...message.matchAll(pattern)].flatMap(({ groups }) => {
    const { field, message: text } = groups ?? {}
    return field === undefined || text === undefined ? [] : [{ field, message: text }]
  })
  const sorted = found.sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0))
  return sorted.length > 0 ? sorted : [{ message }]
}
