import { $ } from 'zx'

// `npm start`: the main job from a fresh clone to a synced platform. Each step is a command anybody can type alone.
const steps = ['generate', 'verify', 'package', 'up']

for (const step of steps) {
  const { exitCode } = await $({ stdio: 'inherit', nothrow: true })`node bin/opencore.mjs ${step}`
  if (exitCode !== 0) process.exit(exitCode)
}
