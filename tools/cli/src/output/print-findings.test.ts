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
  const plain = 'a?]0;b?c\nd'
  expect(lines).toEqual([`${plain}: ${plain}  [X]`, `  want  ${plain}`, `  next  ${plain}`, '\n1 error'])
})
