import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/checks/longest-first.ts'

/** These start a whole platform, or use the judge of this checkout: one after another, and beside the others. */
const shared = [
  'tools/{cluster,nodes}/**/*.live.test.ts',
  'tools/cli/src/e2e/{first-cluster,platform,operators,interrupt,real-nodes,rollout}.live.test.ts',
  'proofs/every-chart/*-cases.live.test.ts',
  'proofs/**/real-nodes.live.test.ts',
]

/** What tests start ends with this process, also when somebody interrupts it. */
const env = { OPENCORE_END_WITH: String(process.pid) }

const patient = { env, testTimeout: 300_000, hookTimeout: 1_800_000 }

/** Unit tests run in seconds; `*.live.test.ts` start real servers and say what they wait for. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{tools,proofs,environments,scripts}/**/*.test.ts'],
          exclude: ['**/*.{live,drill}.test.ts', '**/node_modules/**'],
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
      {
        test: { name: 'drills', include: ['proofs/**/*.drill.test.ts'], fileParallelism: false, ...patient },
      },
      { test: { name: 'platform', include: shared, fileParallelism: false, ...patient } },
    ],
  },
})
