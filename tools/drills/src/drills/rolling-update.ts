import type { Drill } from '../drill.ts'

/** A parameter that PostgreSQL reads at its start alone, that standbys need not have as the primary has it, and that does little. */
const PARAMETER = 'track_activity_query_size'

export const rollingUpdate: Drill = {
  name: 'rolling-update',
  summary: 'a parameter changes that PostgreSQL reads at its start alone, so that every instance restarts',
  run: async ({ stage, primary, mark }) => {
    const before = Number(await stage.showParameter(primary.pod, PARAMETER))
    const wanted = String(before + 1024)
    await stage.patchCluster({ spec: { postgresql: { parameters: { [PARAMETER]: wanted } } } })
    mark(`${PARAMETER} changed`)
    for (const instance of stage.instances) {
      await stage.until(
        `${instance} has the new ${PARAMETER}`,
        async () => (await stage.showParameter(instance, PARAMETER)) === wanted,
      )
      mark(`${instance} restarted`)
    }
  },
}
