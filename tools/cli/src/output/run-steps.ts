import { Listr } from 'listr2'
import { keepLasting, sparePassing } from './passing-lines.ts'
import type { Report } from './report.ts'
import type { Terminal } from './terminal.ts'

export type { Report }

/** One named part of a longer command. What `run` returns as text is shown behind the title. */
export interface Step {
  title: string
  run: (report: Report) => Promise<string | undefined>
}

/** Run steps one after another: a live list on a terminal, plain lines elsewhere. The first failure ends it. */
export async function runSteps(terminal: Terminal, steps: readonly Step[]): Promise<void> {
  if (!terminal.interactive) {
    for (const { title, run } of steps) {
      terminal.note(`${title} ...`)
      const started = Date.now()
      const summary = await run(
        sparePassing((line) => {
          terminal.note(`  ${line}`)
        }),
      )
      terminal.note(`${title}: ${summary ?? 'done'} (${seconds(started)})`)
    }
    return
  }
  await new Listr(
    steps.map(({ title, run }) => ({
      title,
      task: async (_, task) => {
        const started = Date.now()
        const summary = await run(
          keepLasting((text) => {
            task.output = text
          }),
        )
        task.title = `${title}: ${summary ?? 'done'} ${terminal.colors.dim(seconds(started))}`
      },
    })),
    { rendererOptions: { collapseErrors: false, showErrorMessage: false }, fallbackRenderer: 'simple' },
  ).run()
}

const seconds = (started: number) => `${((Date.now() - started) / 1000).toFixed(1)} s`
