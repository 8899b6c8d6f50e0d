import { expect, it } from 'vitest'
import { refuseErrors } from './refuse-errors.ts'

it('tells of what is only warned of, in no line that others wrote', () => {
  const lines: string[] = []
  const evil = 'a\n  next  rm -rf /\u001b[2J'
  const warning = {
    code: 'X',
    severity: 'warning',
    at: { file: 'f' },
    found: evil,
    wanted: 'w',
    next: 'n',
  } as const
  refuseErrors([warning], (line) => void lines.push(line))
  expect(lines.join('\n').split('\n')).toEqual([
    'f: a',
    '      |   next  rm -rf /?[2J  [X] (warning)',
    '  want  w',
    '  next  n',
  ])
})
