import type { KubernetesObject } from '@opencore/cluster'
import type { PlatformEnd } from '@opencore/model'
import { asList, read } from '@opencore/verify'

/** A part of the platform that runs in pods of the cluster. */
export type PodEnd = Extract<PlatformEnd, { podLabels: unknown }>

/** The labels of its pods, as a selector. */
export const labelsOf = ({ podLabels }: PodEnd) =>
  Object.entries(podLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

/** Whether a pod with these labels is one of it. */
export const carries = ({ podLabels }: PodEnd, labels: Readonly<Record<string, string>> = {}) =>
  Object.entries(podLabels).every(([key, value]) => labels[key] === value)

/** Whether a pod takes requests. */
export const isReady = (pod: KubernetesObject) =>
  asList(read(pod, 'status', 'conditions')).some(
    (condition) => read(condition, 'type') === 'Ready' && read(condition, 'status') === 'True',
  )
