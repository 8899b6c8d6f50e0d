import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  describePorts,
  everyPort,
  hasPort,
  portRange,
  subtractPorts,
  unionPorts,
  type PortSet,
} from './port-set.ts'

const range = fc.record({ first: fc.integer({ min: 1, max: 20 }), length: fc.nat(6) })
const portSet: fc.Arbitrary<PortSet> = fc
  .array(range, { maxLength: 5 })
  .map((ranges) => unionPorts(ranges.map(({ first, length }) => portRange('TCP', first, first + length))))

test('union and difference agree with membership', () => {
  fc.assert(
    fc.property(portSet, portSet, fc.integer({ min: 1, max: 30 }), (a, b, port) => {
      const [inA, inB] = [hasPort(a, 'TCP', port), hasPort(b, 'TCP', port)]
      expect(hasPort(unionPorts([a, b]), 'TCP', port)).toBe(inA || inB)
      expect(hasPort(subtractPorts(a, b), 'TCP', port)).toBe(inA && !inB)
    }),
  )
})

test('equal sets have one form', () => {
  fc.assert(
    fc.property(portSet, portSet, (a, b) => {
      expect(unionPorts([subtractPorts(a, b), b])).toEqual(unionPorts([a, b]))
    }),
  )
})

test('describes ports by protocol', () => {
  expect(describePorts(unionPorts([portRange('UDP', 53, 54), portRange('TCP', 80)]))).toBe(
    'TCP 80, UDP 53-54',
  )
  expect(describePorts(everyPort)).toBe('every port')
})
