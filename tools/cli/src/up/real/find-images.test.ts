import { expect, test } from 'vitest'
import { findImages } from './find-images.ts'

const deployment = (image: string, variable: string) => `apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers: [{ name: app, image: '${image}', env: [{ name: ${variable}, value: any }] }]
`

test('images are told apart by what asks for them, each once', () => {
  const manifests = [
    deployment('bank/ledger:1@sha256:aa', 'SPRING_DATASOURCE_URL'),
    deployment('bank/cards:1@sha256:bb', 'SERVER_PORT'),
    deployment('bank/cards:1@sha256:bb', 'SERVER_PORT'),
    'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nspec: { imageName: mirror/postgresql:18 }\n',
    'apiVersion: v1\nkind: ConfigMap\ndata: {}\n',
  ]
  expect(findImages(manifests.map((each) => ({ manifests: each })))).toEqual({
    withDatabase: ['bank/ledger:1@sha256:aa'],
    others: ['bank/cards:1@sha256:bb'],
    databases: ['mirror/postgresql:18'],
  })
})
