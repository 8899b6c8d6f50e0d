import type { Query } from '../check.ts'

export const allPods: Query = { apiVersion: 'v1', kind: 'Pod' }
export const allNodes: Query = { apiVersion: 'v1', kind: 'Node' }
