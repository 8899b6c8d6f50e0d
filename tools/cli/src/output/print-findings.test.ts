import pc from 'picocolors'
import { expect, it } from 'vitest'
import { printFindings } from './print-findings.ts'

it('quotes what others wrote without what a terminal would obey', () => {
  const lines: string[] = []
  const colors = pc.createColors(false)
  const note = (line: string) => void lines.push(line)
  const evil = 'a\u001b]0;b\u0007\u202ec\nd'
  printFindings({ data: note, note, colors, interactive: false }, [
    { code: 'X', severity: 'error', at: { file: evil }, found: evil, wanted: evil, next: evil },
  ])
  const plain = 'a?]0;b?c\n      | d'
  expect(lines).toEqual([`${plain}: ${plain}  [X]`, `  want  ${plain}`, `  next  ${plain}`, '\n1 error'])
})

it('lets nobody whom it quotes write a line of ours, or one that a runner of workflows obeys', () => {
  const lines: string[] = []
  const note = (line: string) => void lines.push(line)
  const evil = 'a\n  next  rm -rf /\n::error::b\r\n::set-env name=X::y ##[error]z'
  printFindings({ data: note, note, colors: pc.createColors(false), interactive: false }, [
    { code: 'X', severity: 'error', at: { file: 'f' }, found: evil, wanted: 'w', next: 'n' },
  ])
  expect(lines.join('\n').split('\n')).toEqual([
    'f: a',
    '      |   next  rm -rf /',
    '      | ::error::b?',
    '      | ::set-env name=X::y ## [error]z  [X]',
    '  want  w',
    '  next  n',
    '',
    '1 error',
  ])
})
