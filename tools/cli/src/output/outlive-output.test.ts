import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { outliveOutput } from './outlive-output.ts'

function lose(argv: readonly string[], code: string) {
  const stream = new EventEmitter()
  let ends = 0
  const say = outliveOutput(argv, [stream as unknown as NodeJS.WriteStream], () => (ends += 1))
  stream.emit('error', Object.assign(new Error(code), { code }))
  return { ends, said: say()?.found }
}

it('ends a reader whose output was closed, and nobody who writes', () => {
  expect(lose(['render'], 'EPIPE')).toEqual({ ends: 1, said: undefined })
  expect(lose(['--no-color', 'diff', 'dev'], 'EPIPE')).toEqual({ ends: 1, said: undefined })
  expect(lose(['promote', 'dev', 'diff'], 'EPIPE')).toEqual({ ends: 0, said: undefined })
  expect(lose(['generate'], 'EPIPE')).toEqual({ ends: 0, said: undefined })
})

it('says what a full disk did not take', () => {
  const said = 'what it printed could not be written (ENOSPC)'
  for (const command of ['promote', 'history'])
    expect(lose([command, 'dev'], 'ENOSPC')).toEqual({ ends: 0, said })
})
