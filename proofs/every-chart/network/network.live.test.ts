import { ensureTools } from '@opencore/toolchain'
import { beforeAll, expect, it } from 'vitest'
import { judgeInput } from './judge-input.ts'
import { renderEnvironments } from '../../shared/render-environments.ts'

// `opencore verify` judges network policies with an evaluator of our own. Here somebody else's judges the same objects.

beforeAll(() => ensureTools(['netpol-analyzer'], console.error))

it.each(await renderEnvironments())(
  '$environment: netpol-analyzer and our evaluator open what is declared, and nothing else',
  async (environment) => {
    const { ours, netpolAnalyzer, oursAtOneEnd, declared } = await judgeInput(environment)
    expect(oursAtOneEnd.length).toBeGreaterThan(0)
    expect(netpolAnalyzer).toEqual(ours)
    expect(oursAtOneEnd).toEqual(declared)
  },
)
