// cspell:ignore AKIA oprsu bglpat bxox abeoprs Djavax passw
/** What has a form of its own, whatever it is called; forms are those that their makers document. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/, 'a private key'],
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, 'an access key of AWS'],
  [/\bgh[oprsu]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22}/, 'a token of GitHub'],
  [/\bglpat-[\w-]{20}/, 'a token of GitLab'],
  [/\bhv[bs]\.[\w-]{24}/, 'a token of Vault'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'a token of npm'],
  [/\bxox[abeoprs]-[\w-]{10}/, 'a token of Slack'],
  [/\b[rs]k_(?:live|test)_[A-Za-z0-9]{20}/, 'a key of Stripe'],
  [/\bAIza[\w-]{35}/, 'a key of Google'],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, 'a signed token (JWT)'],
]

/** `postgresql://user:password@host`; the user may be missing. */
const urlPassword = /:\/\/[^/\s:@]*:([^/\s@]+)@/g

/** What all names of secrets have; asked first, since most texts have none. */
const hint = /passw|passphrase|token|secret|credential|key/i

/** What is assigned: a text in quotes, or up to the next space or separator. */
const assigned = String.raw`[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s,;&"'}\]]*)`

/** `-Djavax.net.ssl.trustStorePassword=x`, `?user=a&password=x`; `password: x` and `"password": "x"` of a file, not of prose. */
const assignments = [
  new RegExp(String.raw`([\w.-]+)[ \t]*=${assigned}`, 'g'),
  new RegExp(String.raw`(?:^[ \t-]*|[{,][ \t]*|["'])([\w.-]+)["']?[ \t]*:${assigned}`, 'gm'),
]

/** Names whose value is a secret: `DB_PASSWORD`, `client-secret`, `aws.secretKey`. */
const secretName =
  /(?:passw(?:or)?d|passphrase|(?:^|[._-])(?:token|secret|credentials?)|client[._-]?secret|(?:access|auth|refresh)[._-]?token|(?:api|access|private|secret)[._-]?key)$/i

/** A variable of whoever reads the text, a file, a mask, a switch: not the secret itself. */
const reference = /^(?:[$%]?[({].*|\$.*|<.*|\/.*|file:.*|\*+|true|false|null|)$/s

/** Whether a value under this name is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

/** Whether a text, under a name whose value is a secret, is that secret rather than where it is. */
export function isLiteral(text: string): boolean {
  return !reference.test(text.trim().replace(/^(["'])(.*)\1$/s, '$2'))
}

/** What a text holds that is recognizably a secret (`a private key`), whatever it is called; undefined if nothing. */
export function recognizeSecret(text: string): string | undefined {
  const form = forms.find(([pattern]) => pattern.test(text))
  if (form !== undefined) return form[1]
  if ([...text.matchAll(urlPassword)].some(([, password = '']) => isLiteral(password)))
    return 'a password in a URL'
  if (!hint.test(text)) return undefined
  const isAssigned = assignments
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .some(([, name = '', value = '']) => isSecretName(name) && isLiteral(value))
  return isAssigned ? 'a password, token or key' : undefined
}
