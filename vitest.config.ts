import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/checks/longest-first.ts'

/** The platform and the judge: a machine has one of each, so these run one after another. */
const shared = [
  'tools/cluster/**/*.live.test.ts',
  'tools/cli/src/e2e/{first-cluster,merge,platform,operators,interrupt,promote*,rehearsal,rollout,workflows}.live.test.ts',
  'tools/cli/src/package/install.live.test.ts',
  'proofs/every-chart/*-cases.live.test.ts',
]

const patient = { testTimeout: 300_000, hookTimeout: 1_800_000 }

/** Unit tests run in seconds; `*.live.test.ts` start real servers and say what they wait for. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{tools,proofs,environments,scripts}/**/*.test.ts'],
          exclude: ['**/*.live.test.ts', '**/node_modules/**'],
          // Half a second at most on an idle machine, and ten on one that compiles beside.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'live',
          include: ['{tools,proofs,scripts}/**/*.live.test.ts'],
          exclude: [...shared, '**/node_modules/**'],
          ...patient,
        },
      },
      { test: { name: 'platform', include: shared, fileParallelism: false, ...patient } },
    ],
  },
})
