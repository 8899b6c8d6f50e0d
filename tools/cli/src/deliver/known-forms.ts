const image = /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*(?::[\w.-]+)?@sha256:[0-9a-f]{64}$/
const digest = /^sha256:[0-9a-f]{64}$/
/** A server alone: a path may have a token in it, and what is before an `@` a password. */
const server = /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9.-]+(?::\d+)?\/?$/
/** A place of images: in capitals or after an `@` there is none, so neither is a token or a password of most kinds. */
const repository = /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+$/
/** As many digits of a digest as people compare. */
const DIGITS = 12

/**
 * Whether a value has the form of what is long and no secret: an image by its digest, a digest, the address of a server, and
 * where the key says so, where images lie.
 * @param keys that lead to it
 */
export function hasKnownForm(value: unknown, keys: readonly string[]): value is string {
  if (typeof value !== 'string') return false
  const forms = [image, digest, server, ...(keys.at(-1) === 'repository' ? [repository] : [])]
  return forms.some((form) => form.test(value))
}

/** Such a value for people; of an image what tells two of one repository apart: `customers:2.5.0@sha256:9f86d081884c`. */
export function showKnownForm(value: string): string {
  const [name = '', hash] = value.split('sha256:')
  if (hash === undefined) return JSON.stringify(value)
  return `${name.slice(name.lastIndexOf('/') + 1)}sha256:${hash.slice(0, DIGITS)}`
}
