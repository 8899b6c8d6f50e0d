/** The API server repeats bad values; those of a Secret stay out of every output. */
export function withoutValues(message: string): string {
  return message.replace(/(Invalid value|Unsupported value|Duplicate value): .*$/s, '$1')
}

/**
 * The same where the reason stands behind the value: to say that a field is immutable, a whole pod template is repeated, with
 * its variables. What has quotes or brackets in it may still be of the value, and goes with it.
 */
export function withoutValue(message: string): string {
  const found = /^(.*?(?:Invalid value|Unsupported value|Duplicate value)): .*: ([^:{}[\]"]+)$/s.exec(message)
  const [, field, reason] = found ?? []
  return field === undefined || reason === undefined ? withoutValues(message) : `${field}: ${reason}`
}
