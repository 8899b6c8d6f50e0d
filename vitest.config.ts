import { defineConfig } from 'vitest/config'

/** Unit tests run in seconds; `*.live.test.ts` start real servers and say what they wait for. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tools/**/*.test.ts', 'environments/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.live.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'live',
          include: ['tools/**/*.live.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 1_800_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
