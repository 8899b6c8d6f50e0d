import { expect, it } from 'vitest'
import { explainAptFailure } from './explain-apt-failure.ts'

it('shows the lines that have the reason, and what to do', () => {
  const { found, next } = explainAptFailure(
    { name: 'nodes', release: 'bookworm' },
    ['Reading', 'W: one', 'W: two', 'W: three', '', 'E: Unable to locate package runc', ''].join('\n'),
  )
  expect(found).toBe('apt-get could not download the packages of nodes')
  expect(next).toBe(
    [
      'connect, or mend /etc/apt, and run the command again; apt-get said:',
      '        W: one',
      '        W: two',
      '        W: three',
      '        E: Unable to locate package runc',
    ].join('\n'),
  )
})
