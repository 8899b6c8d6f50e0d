import { describe, expect, it } from 'vitest'
import { didYouMean, findNearNames } from './near-name.ts'

const keys =
  'replicas port env image serviceAccount volumes terminationGracePeriodSeconds autoscaling podLabels commonLabels podAnnotations startupProbe livenessProbe readinessProbe pdb mesh'
const environments = 'dev prod-eu-central-1 prod-eu-west-1 staging'

describe(findNearNames, () => {
  it.each([
    ['replcas', keys, ['replicas']],
    ['prot', keys, ['port']],
    ['REPLICAS', keys, ['replicas']],
    ['replicaCount', keys, ['replicas']],
    ['instances', keys, ['replicas']],
    ['hpa', keys, ['autoscaling']],
    ['podDisruptionBudget', keys, ['pdb']],
    ['envVars', keys, ['env']],
    ['extraVolumes', keys, ['volumes']],
    ['serviceAccountName', keys, ['serviceAccount']],
    ['gracePeriod', keys, ['terminationGracePeriodSeconds']],
    ['labels', keys, ['podLabels', 'commonLabels']],
    ['probe', keys, ['startupProbe', 'livenessProbe', 'readinessProbe']],
    ['istio', keys, ['mesh']],
    ['prod', environments, ['prod-eu-central-1', 'prod-eu-west-1']],
    ['eu-west-1', environments, ['prod-eu-west-1']],
    ['stagin', environments, ['staging']],
    ['production', environments, ['prod-eu-central-1', 'prod-eu-west-1']],
    ['stag', environments, ['staging']],
    ['x', keys, []],
    ['blockchain', keys, []],
    ['anything', '', []],
  ])('finds for %s', (name, names, near) => {
    expect(findNearNames(name, names.split(' ').filter(Boolean))).toEqual(near)
  })

  it('says nothing where too many are near', () => {
    const services = ['card-a', 'card-b', 'card-c', 'card-d']
    expect(findNearNames('card', services.slice(0, 2)).length).toBe(1)
    expect(findNearNames('cards', ['card-one', 'card-two', 'card-three', 'card-four'])).toEqual([])
  })
})

it('asks about one or several', () => {
  expect(didYouMean(['a'])).toBe('did you mean `a`?')
  expect(didYouMean(['a/b', 'c/b'], '')).toBe('did you mean a/b or c/b?')
  expect(didYouMean([])).toBeUndefined()
})
