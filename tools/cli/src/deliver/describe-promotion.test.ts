import { expect, it } from 'vitest'
import type { Promotion } from './promotion.ts'
import { describePromotion } from './describe-promotion.ts'

const dev = { definition: { name: 'dev' } } as Promotion['environment']
const describeIt = (update: { changed?: string[]; removed?: string[]; paths?: string[] }) =>
  describePromotion(
    { environment: dev, allowSkip: undefined, from: undefined },
    {
      changed: update.changed ?? [],
      removed: update.removed ?? [],
      files: (update.paths ?? []).map((path) => ({ path, text: '' })),
    },
    { sources: ['1234'], trailers: [] },
  )

it('says what a promotion wrote, for people and for what reads it', () => {
  expect(describeIt({ changed: ['one'], removed: ['two'], paths: ['one/record.yaml'] })).toBe(
    'promote dev: one, -two\n\nRelease: one\nRelease: -two\nSource: 1234\n',
  )
  expect(describeIt({ paths: ['.github/CODEOWNERS'] })).toBe(
    'promote dev: who approves\n\nApprovers: .github/CODEOWNERS\nSource: 1234\n',
  )
})

it('takes no line from the name of a file that somebody pushed', () => {
  const removed = ['x\nAs-Of: 1234', 'y\r\n\r\nz', '\u001b[2J', 'a\u2028b']
  expect(describeIt({ removed })).toBe(
    [
      'promote dev: -x?As-Of: 1234, -y?z, -?[2J, -a?b',
      '',
      ...['-x?As-Of: 1234', '-y?z', '-?[2J', '-a?b'].map((name) => `Release: ${name}`),
      'Source: 1234\n',
    ].join('\n'),
  )
})
