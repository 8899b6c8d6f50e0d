import * as fc from 'fast-check'

const two = fc.tuple(fc.nat(99), fc.nat(99))

/** Text that some YAML reader takes for a boolean, a null, a number, a time, a date, a merge key or an indicator. */
export const hostileText = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('no', 'on', 'y', 'null', '~', 'NO', 'Y', 'OFF', 'yes', 'true', 'False'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['2024', '1e3', '1E3', '0x1f', '0x1F', '1_000', '010', '0o10', '1.5', '1:30', '2024-01-01'],
    ),
  },
  fc.constantFrom('.inf', '.nan', '<<', '=', '+1', '.5', '/', 'off', 'n', 'NULL'),
  fc.constantFrom('#x', '*x', '&x', '!x', '%x', '@x', '|', '>', '- x', 'x: y', 'x #y', '{x', '[x'),
  fc.nat().map(String),
  two.map(([a, b]) => `${a}e${b}`),
  two.map(([a, b]) => `${a}_${b}`),
)

/**
 * Text that all take for what it is, in the same place of the alphabet, and that no chart has anywhere. It has the marks of
 * the other that names may have, since of some of them names of objects are made another way.
 */
export function plainTextFor(hostile: string): string {
  const letters = /[A-Z]/.test(hostile) ? 'ZZZZ' : 'zzzz'
  const words = hostile.replaceAll(/[^\w./-]+/g, '').replaceAll(/[a-z0-9]+/gi, letters)
  return /^[a-z0-9/]/i.test(hostile)
    ? `${hostile.slice(0, 1)}${words.slice(1)}${letters}`
    : `${words}${letters}`
}
