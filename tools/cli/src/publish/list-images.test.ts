import { expect, it } from 'vitest'
import { listImages } from './list-images.ts'

const digest = `sha256:${'0'.repeat(64)}`

it('finds images of containers and of what operators read', () => {
  const objects = [
    {
      spec: {
        template: { spec: { containers: [{ image: `registry.example.com:5000/a/b:1.0@${digest}` }] } },
      },
    },
    {
      spec: {
        imageName: 'ghcr.io/cloudnative-pg/postgresql:18',
        extensions: [{ image: { reference: 'r/x:1' } }],
      },
    },
  ]
  expect(listImages(objects)).toEqual([
    { repository: 'registry.example.com:5000/a/b', tag: '1.0', digest },
    { repository: 'ghcr.io/cloudnative-pg/postgresql', tag: '18', digest: undefined },
    { repository: 'r/x', tag: '1', digest: undefined },
  ])
})

it('takes what is no reference for none', () => {
  expect(listImages([{ image: 'Not A Reference', data: { image: { pullPolicy: 'Always' } } }])).toEqual([])
})
