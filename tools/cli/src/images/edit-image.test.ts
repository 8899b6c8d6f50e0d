import fc from 'fast-check'
import { check, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { editImage } from './edit-image.ts'
import { imageHeadline } from './image-headline.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
const image = { tag: '2.5.0', digest }

test('what somebody wrote around the two values stays, to the byte', () => {
  const text = (tag: string, value: string) =>
    `# What accounts runs.\r\n\r\ndigest:   ${value}   # of the registry\r\ntag: ${tag} # ticket 42\r\n# the end`
  expect(editImage(text("'2.4.1'", 'sha256:0'), image)).toBe(text("'2.5.0'", digest))
})

test.each([
  ['', `tag: '2.5.0'\ndigest: ${digest}\n`],
  ['# nothing yet\n', `# nothing yet\ntag: '2.5.0'\ndigest: ${digest}\n`],
  ['tag: 2.4.1', `tag: '2.5.0'\ndigest: ${digest}\n`],
  ['tag:\ndigest:\n', `tag: '2.5.0'\ndigest: ${digest}\n`],
  ['{ tag: 1, digest: x }\n', `{ tag: '2.5.0', digest: ${digest} }\n`],
])('%j becomes a whole image', (before, after) => {
  expect(editImage(before, image)).toBe(after)
})

test.each([
  imageHeadline('accounts'),
  "# What accounts runs.\ntag: '2.4.1' # ticket 42\ndigest: sha256:0\n# the end\n",
  'digest: sha256:0\n\ntag: 2.4.1\n',
  '{ tag: 1, digest: x }\n',
])('of %j, which prettier leaves as it is, comes what prettier leaves, too', async (before) => {
  const options = { ...(await resolveConfig(import.meta.filename)), parser: 'yaml' }
  expect(await check(before, options)).toBe(true)
  for (const tag of ['2.5.0', '1.10', 'on', '2026-11-28', 'v1'])
    expect(await check(editImage(before, { tag, digest }), options)).toBe(true)
})

test('every tag that a registry takes is read back as the text that it is', () => {
  const tags = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_][-.A-Za-z0-9_]{0,20}$/),
    fc.constantFrom('1.10', '0x1f', '1e3', 'on', 'null', '1_000', '2026-11-28'),
  )
  fc.assert(
    fc.property(tags, (tag) => {
      const once = editImage(`# head\ntag: 1.0.0 # tail\ndigest: sha256:0\n`, { tag, digest })
      expect(parse(once)).toEqual({ tag, digest })
      expect(editImage(once, { tag, digest })).toBe(once)
    }),
  )
})
