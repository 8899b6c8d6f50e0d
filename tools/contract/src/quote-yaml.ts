/** Words that some YAML reader takes for a boolean, a null or a number, in any mix of cases. */
const reserved = new Set([
  'y',
  'n',
  'yes',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
  'nan',
  'inf',
  'infinity',
])

/**
 * Text that every reader takes for the string that it is: it starts with a letter, `/` or `_`, so it is no
 * number, date, time, merge key or indicator; it holds no `: ` or ` #`, and ends in no blank or colon.
 */
const plain = /^[A-Za-z/_](?:[A-Za-z0-9_./@+=(){}-]|:(?=[^\s])|,(?=[^\s])| (?=[A-Za-z0-9/(]))*$/

/** `E0`: some readers take an exponent without digits before it for a float. */
const exponent = /^[eE][-+]?[0-9]/

/** Kubernetes quantities such as 512Mi and 250m: a number to nobody, and what people write without quotes. */
const quantity = /^[1-9][0-9]*(?:m|[KMGT]i)$/

/** Characters that JSON leaves alone in a string but YAML readers reject, fold or drop. */
const unprintable =
  /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/gu

/**
 * One string as YAML, on one line: bare where YAML 1.1 and 1.2 readers agree that it is this string,
 * in double quotes everywhere else. Good for keys as well.
 */
export function quoteYaml(text: string): string {
  if (quantity.test(text) || isPlain(text)) return text
  return JSON.stringify(text).replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
}

const isPlain = (text: string) =>
  plain.test(text) && !exponent.test(text) && !reserved.has(text.toLowerCase())
