import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions } from './go-command.ts'

describe(compareVersions, () => {
  it('compares numbers, not text', () => {
    expect(compareVersions('1.9.0', '1.26')).toBeLessThan(0)
    expect(compareVersions('1.26.8', '1.26.0')).toBeGreaterThan(0)
  })

  it('takes a missing part as zero and ignores a suffix', () => {
    expect(compareVersions('20.19', '20.19.0')).toBe(0)
    expect(compareVersions('1.27rc1', '1.26.9')).toBeGreaterThan(0)
    expect(compareVersions('1.26.8-custom', '1.26.8')).toBe(0)
  })

  it('is antisymmetric', () => {
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0)
      }),
    )
  })
})
