import * as fc from 'fast-check'

/** Brands of cards: how their numbers begin, and how long they are. */
const brands: readonly { starts: readonly string[]; lengths: readonly number[] }[] = [
  { starts: ['4'], lengths: [13, 16, 19] },
  { starts: ['51', '52', '53', '54', '55', '2221', '2300', '2699', '2720'], lengths: [16] },
  { starts: ['34', '37'], lengths: [15] },
  { starts: ['300', '305', '309', '36', '38', '39'], lengths: [14] },
  { starts: ['6011', '644', '649', '65'], lengths: [16, 17, 18, 19] },
  { starts: ['3528', '3555', '3589'], lengths: [16, 17, 18, 19] },
  { starts: ['62'], lengths: [16, 17, 18, 19] },
  {
    starts: ['5018', '5020', '5038', '5893', '6304', '6759', '6761', '6763'],
    lengths: [12, 13, 14, 15, 16, 17, 18, 19],
  },
  { starts: ['2200', '2204'], lengths: [16, 17, 18, 19] },
]

/** The digit that makes a number right: ISO/IEC 7812-1, annex B. */
export function checkDigit(digits: string): number {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return (10 - (sum % 10)) % 10
}

const shape = fc
  .constantFrom(...brands)
  .chain(({ starts, lengths }) => fc.tuple(fc.constantFrom(...starts), fc.constantFrom(...lengths)))

/** A number of a card of any brand, whose check digit is right. */
export const card = shape.chain(([start, length]) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), {
      minLength: length - start.length - 1,
      maxLength: length - start.length - 1,
    })
    .map((middle) => start + middle.join(''))
    .map((digits) => `${digits}${checkDigit(digits)}`),
)

const separators = ['', ' ', '-', '.', '\u00a0', '%20'] as const

/** As people and programs write it: in groups of four, with what they put between. */
export const writtenCard = fc
  .tuple(card, fc.constantFrom(...separators))
  .map(([digits, separator]) => digits.replaceAll(/\d{4}(?=\d)/g, `$&${separator}`))

/** Countries, and how long what follows the check digits is; letters come first where the account's bank is by letters. */
const countries: readonly { code: string; letters: number; digits: number }[] = [
  { code: 'DE', letters: 0, digits: 18 },
  { code: 'GB', letters: 4, digits: 14 },
  { code: 'NO', letters: 0, digits: 11 },
  { code: 'ES', letters: 0, digits: 20 },
  { code: 'NL', letters: 4, digits: 10 },
  { code: 'FR', letters: 0, digits: 23 },
  { code: 'MT', letters: 4, digits: 23 },
  { code: 'CH', letters: 0, digits: 17 },
]

/** Check digits by ISO 13616: mod 97 over letters as numbers. */
function checkOf(code: string, rest: string): string {
  const numbers = Array.from(`${rest}${code}00`)
    .map((sign) => Number.parseInt(sign, 36))
    .join('')
  return String(98n - (BigInt(numbers) % 97n)).padStart(2, '0')
}

const textOf = (signs: string, length: number) =>
  fc
    .array(fc.constantFrom(...Array.from(signs)), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

/** A number of an account whose check digits are right, together or in groups of four. */
export const iban = fc
  .constantFrom(...countries)
  .chain(({ code, letters, digits }) =>
    fc
      .tuple(textOf('ABCDEFGHIKLMNOPRSTUVWXYZ', letters), textOf('0123456789', digits))
      .map(([bank, account]) => `${code}${checkOf(code, bank + account)}${bank}${account}`),
  )
  .chain((plain) => fc.constantFrom('', ' ', '-').map((gap) => plain.replaceAll(/.{4}(?=.)/g, `$&${gap}`)))

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A JSON web token, or another that is said to be one. */
export const token = fc.oneof(
  fc
    .tuple(textOf(base64, 20), textOf(base64, 40), textOf(base64, 43))
    .map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`),
  fc
    .tuple(fc.constantFrom('Bearer ', 'bearer ', 'BEARER '), textOf(base64, 32))
    .map((parts) => parts.join('')),
)

/** An address of mail. */
export const mail = fc
  .tuple(textOf('abcdefghij.+_0123', 6), textOf('klmnopqr', 5), fc.constantFrom('com', 'co.uk', 'de'))
  .map(([local, host, end]) => `x${local}@${host}.${end}`)

/** What is around a secret: nothing of it may be taken for a part of the secret, or hide it. */
export const surroundings: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['paid with ', ' today'],
  ['card=', '&next=1'],
  ['"', '"'],
  ['<', '>'],
  ['line one\n', '\nline three'],
  ['\t', '\t'],
  ['card_', '_end'],
  ['(', ')'],
  ['{"number":"', '","cvv":"***"}'],
  ['C:\\', '\\'],
  ['é', 'é'],
  ['/cards/', '/limits'],
]

/** The same of digits alone: beside capitals, an account cannot be told from them. */
export const besideLetters: typeof surroundings = [...surroundings, ['PAN', 'X'], ['card', 'and']]

/** Other numbers beside a card: where its length is a usual one, they are not taken for a part of it. */
export const besideDigits: typeof surroundings = [
  ['card', ' 12/27 123'],
  ['4 1234 ', ' 5'],
  ['', ', 4000 0000 0000 0000'],
]

/** Of sixteen digits, as almost all are. */
export const usualCard = writtenCard.filter((text) => text.replaceAll(/%20|\D/g, '').length === 16)

/** What nobody minds, and would be missed. */
export const harmless = fc.oneof(
  fc.uuid(),
  textOf('0123456789abcdef', 32),
  textOf('0123456789abcdef', 16),
  fc
    .integer({ min: 1_600_000_000, max: 1_900_000_000 })
    .chain((seconds) =>
      fc.constantFrom(`${seconds}`, `${seconds}123`, `${seconds}123456`, `${seconds}123456789`),
    ),
  fc.tuple(fc.ipV4(), fc.integer({ min: 1024, max: 65_535 })).map(([ip, port]) => `${ip}:${port}`),
  fc
    .date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2030-01-01') })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '+34 912 345 678',
    'DEUTDEFFXXX',
    'GET /accounts/42 200 13 ms',
    'com.firefly.payments.TransferService',
  ),
)

/** The same as a number. */
export const usualNumber = card.filter((digits) => digits.length === 16).map(BigInt)

/** What a card's stripe says. */
export const tracks = [
  '%B4111111111111111^DOE/JOHN^2512101?',
  '4111111111111111=25121010000',
  ';4111111111111111=25121010000?',
  '4111111111111111D25121010000',
] as const

/** A card as messages of fixed length have it, beside its currency, and with more between its digits. */
export const written = [
  '4111111111111111CAD',
  '0000411111111111' + '1111',
  '164111111111111111',
  ...['  ', '\t', '/', '_', '\u202f', '\u2011'].map((gap) => ['4111', '1111', '1111', '1111'].join(gap)),
] as const

/** Texts, and what is secret in them. */
export const credentials = [
  ['Basic dXNlcjpwYXNzd29yZA==', 'dXNlcjpwYXNzd29yZA'],
  ['-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA\n-----END EC PRIVATE KEY-----', 'MHcCAQEEIA'],
  ['-----BEGIN PRIVATE KEY-----\nMIIEvgIBAD', 'MIIEvgIBAD'],
  ['hvs.CAESIJ0123456789abcdefghij', 'CAESIJ0123456789abcdefghij'],
  ['hvb.AAAAAQJ0123456789abcdefghij', 'AAAAAQJ0123456789abcdefghij'],
  ['{"db":{"password":"hunter2"}}', 'hunter2'],
] as const

/** Keys whose values are secret, whatever they are. */
export const secretKeys = [
  'authorization',
  'http.request.header.set-cookie',
  'db.password',
  'accessToken',
  'client_secret',
] as const
