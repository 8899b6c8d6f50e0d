import type { Drill } from '../drill.ts'

/** A parameter that PostgreSQL reads at its start alone, that standbys need not have as the primary has it, and that does little. */
const PARAMETER = 'track_activity_query_size'

export const rollingUpdate: Drill = {
  name: 'rolling-update',
  summary: 'a parameter changes that PostgreSQL reads at its start alone, so that every instance restarts',
  // Standbys first; then one of them takes over, so that the old primary can restart (`primaryUpdateMethod`).
  moves: true,
  run: async ({ stage, primary, mark }) => {
    const before = Number(await stage.showParameter(primary.pod, PARAMETER))
    const wanted = String(before + 1024)
    await stage.patchCluster({ spec: { postgresql: { parameters: { [PARAMETER]: wanted } } } })
    mark(`${PARAMETER} changed`)
    const awaitRestart = async (instance: string) => {
      const isNew = async () => (await stage.showParameter(instance, PARAMETER)) === wanted
      await stage.until(`${instance} has the new ${PARAMETER}`, isNew)
      mark(`${instance} restarted`)
    }
    // All at once: the primary is the last one, and each is marked when it is seen.
    await Promise.all(stage.instances.map(awaitRestart))
  },
}
