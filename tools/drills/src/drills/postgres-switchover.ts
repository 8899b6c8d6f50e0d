import type { Drill } from '../drill.ts'

export const postgresSwitchover: Drill = {
  name: 'postgres-switchover',
  summary: 'another instance is made the primary, as `kubectl cnpg promote` does it',
  moves: true,
  run: async ({ stage, primary, mark }) => {
    const targetPrimary = stage.instances.find((name) => name !== primary.pod)
    // As the plugin does it (internal/cmd/plugin/promote).
    const targetPrimaryTimestamp = new Date().toISOString()
    const status = { targetPrimary, targetPrimaryTimestamp, phase: 'Switchover in progress' }
    await stage.patchCluster({ status }, ['--subresource=status'])
    mark(`${targetPrimary} asked to take over`)
  },
}
