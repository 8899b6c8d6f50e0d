import { expect, it } from 'vitest'
import { DEFAULTS } from './chart-images.ts'
import { compareBills } from './compare-bills.ts'

const about = { metadata: { component: { name: 'tiny', version: '1.2.3' } } }
const image = { 'bom-ref': 'example/tiny:1', properties: [{ name: 'case', value: DEFAULTS }] }
const ours = JSON.stringify({ ...about, components: [image] })

it.each([
  ['no JSON', 'none'],
  ['null', null],
  ['a list', []],
  ['a number', 1],
  ['metadata that are none', { metadata: null }],
  ['a component that is none', { metadata: { component: 'tiny 1.2.3' } }],
  ['a name that is no text', { metadata: { component: { name: ['tiny'], version: '1.2.3' } } }],
  ['no list of components', { ...about, components: { 0: image } }],
  ['a component that is null', { ...about, components: [null] }],
  ['properties that are null', { ...about, components: [{ ...image, properties: null }] }],
  ['properties that are no list', { ...about, components: [{ ...image, properties: 'x' }] }],
  ['a property that is null', { ...about, components: [{ ...image, properties: [null] }] }],
  ['an image without a name', { ...about, components: [{ properties: image.properties }] }],
])('%s is no bill of materials', (_, out) => {
  expect(compareBills(typeof out === 'string' ? out : JSON.stringify(out), ours)).toBe('is none')
})

it('a bill with other fields says the same, or what differs', () => {
  const more = { ...about, serialNumber: 'x', components: [{ ...image, type: 'container' }, { name: 'x' }] }
  expect(compareBills(JSON.stringify(more), ours)).toBeUndefined()
  expect(compareBills(JSON.stringify(about), ours)).toBe(
    'does not name example/tiny:1, which the package runs',
  )
})
