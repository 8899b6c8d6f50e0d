import { listMade, neighboursAmong, type Manifest } from '@opencore/model'
import { describe, expect, it } from 'vitest'
import { countFromZero, judgedOf, type Made } from './judged-of.ts'
import recorded from './recorded-made.json' with { type: 'json' }

// What we say that Strimzi makes of a cluster, against what its own model makes of it: recording/Make.java wrote it down.
// Quotas, policies and the scheduler are asked with ours, so it must ask for the same, select the same and be labelled
// the same. Secrets were not recorded, since most of them need an authority: made-secrets.test.ts has them.

interface Case {
  case: string
  resources: Manifest[]
  made: Readonly<Record<string, Made>>
}

const cases = recorded.cases as unknown as Case[]

describe(`what ${recorded.from} makes`, () => {
  it.each(cases)('of case $case', ({ resources, made }) => {
    const ours = resources
      .flatMap((resource) => listMade(resource, neighboursAmong(resources)))
      .filter(({ kind }) => kind !== 'Secret')
      .map((object) => [`${object.kind} ${object.metadata.name}`, judgedOf(object)] as const)
    expect(Object.fromEntries(ours)).toEqual(countFromZero(made, resources))
    expect(new Set(ours.map(([key]) => key)).size).toBe(ours.length)
  })
})
