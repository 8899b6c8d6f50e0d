import { listMade, neighboursAmong } from '@opencore/model'
import { describe, expect, it } from 'vitest'
import recorded from './recorded-made.json' with { type: 'json' }

// What we say that redis-operator makes, against what it made: the operator itself ran against an API server, and what
// it made of these resources is in recorded-made.json, without defaults, commands, probes and environment variables.
// Before it makes anything of a RedisSentinel the operator asks the servers, and nodes were simulated: of that the functions
// that its controller calls then were asked (ReconcileSentinelPodDisruptionBudget, CreateRedisSentinelService and
// CreateRedisSentinel of internal/k8sutils), with a client of client-go that keeps what it is told.

describe(`what ${recorded.from} makes`, () => {
  it.each(recorded.cases)('of case $case', ({ resource, made }) => {
    const ours = listMade(resource, neighboursAmong([]))
    const names = ours.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    expect(names.toSorted()).toEqual(Object.keys(made))
    for (const [index, object] of ours.entries()) {
      const theirs = (made as Readonly<Record<string, unknown>>)[names[index] ?? '']
      expect(strip({ labels: object.metadata.labels, spec: object['spec'] })).toEqual(theirs)
    }
  })
})

/** Defaults of ours that the recording leaves out. */
const ignored = ['clusterIP', 'defaultMode', 'rollingUpdate']

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !ignored.includes(key))
  return Object.fromEntries(kept.map(([key, item]) => [key, strip(item)]))
}
