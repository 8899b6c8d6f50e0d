// cspell:ignore glpat xoxb AKIA
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeSecret, findSecrets } from './find-secrets.ts'
import { formatFinding } from './finding.ts'
import { showValue } from './show-value.ts'

const word = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: length, maxLength: length })
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const password = word(`${letters}${letters.toLowerCase()}-_.!`, 12)
const token = (...prefixes: string[]) =>
  fc.tuple(fc.constantFrom(...prefixes), word(letters, 40)).map((parts) => parts.join(''))

/** Secrets: a name, the text that stands there, and the part of it that nobody may see. */
const secrets = fc.oneof(
  fc
    .tuple(fc.constantFrom('DB_PASSWORD', 'API_TOKEN', 'CLIENT_SECRET', 'spring.mail.password'), password)
    .map(([name, value]) => ({ name, text: value, value })),
  token('ghp_', 'github_pat_', 'glpat-', 'hvs.', 'sk_live_', 'xoxb-').map((value) => ({
    name: 'anything',
    text: value,
    value,
  })),
  word(letters, 16).map((body) => ({ name: 'key', text: `id AKIA${body}`, value: body })),
  password.map((value) => ({ name: 'url', text: `postgresql://accounts:${value}@db/accounts`, value })),
  password.map((value) => ({ name: 'url', text: `jdbc:mysql://db/a?user=a&password=${value}`, value })),
  password.map((value) => ({ name: 'options', text: `-Xss1m -Da.keyStorePassword=${value} -Db=c`, value })),
  word(letters, 64).map((value) => ({
    name: 'tls.key',
    text: `-----BEGIN RSA PRIVATE KEY-----\n${value}\n-----END RSA PRIVATE KEY-----`,
    value,
  })),
)

test('finds a secret wherever it stands, and never shows it', () => {
  fc.assert(
    fc.property(
      secrets,
      fc.array(fc.constantFrom('a', 'b', 0), { maxLength: 3 }),
      ({ name, text, value }, around) => {
        const places = [{ [name]: text }, { env: [{ name, value: text }] }]
        for (const place of places) {
          const root = around.reduce<unknown>((inner, key) => (key === 0 ? [inner] : { [key]: inner }), place)
          const [secret, ...others] = findSecrets(root)
          if (secret === undefined) return false
          expect(others).toEqual([])
          const said = formatFinding({
            severity: 'error',
            at: { file: 'values.yaml' },
            ...describeSecret(secret, secret.path.join('.')),
          })
          expect(said).not.toContain(value)
          expect(showValue(text, `/${name}`)).not.toContain(value)
        }
        return true
      },
    ),
  )
})

test('takes what only speaks of secrets', () => {
  const values = {
    env: {
      DB_PASSWORD: { secretKeyRef: { name: 'accounts-db', key: 'password' } },
      DB_PASSWORD_FILE: '/etc/secrets/password',
      DB_URL: 'postgresql://accounts:$(DB_PASSWORD)@db/accounts',
      KAFKA_TOKEN: '${file:/etc/tokens:kafka}',
      TOKEN_LIFETIME: '15m',
      SSH_HOST: 'git@github.com:example/accounts',
    },
    auth: { secret: 'accounts-auth', existingSecret: 'accounts-auth', token: 'projected' },
    note: 'The password: see the runbook',
  }
  expect(findSecrets(values)).toEqual([])
})
