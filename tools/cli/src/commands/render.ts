import { Command } from '@commander-js/extra-typings'
import { findGo } from '@opencore/toolchain'
import { refuseInterruptedWrite } from '../files/write-files.ts'
import type { Refused } from '../generate/explain-refused.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { selectReleases } from '../releases/select-releases.ts'
import { renderManifests, renderReleases, toRequests } from '@opencore/renderer'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { environmentOption, outputOption, selectorOption } from './options.ts'

/** Loaded where a release does not render: the model takes longer to load than most releases take to render. */
const explainRefused = async (root: string, refused: readonly Refused[]) =>
  (await import('../generate/explain-refused.ts')).explainRefused(root, refused)

export const renderCommand = new Command('render')
  .description('render releases as Argo CD would: charts and argocd/ from disk, with the engine of Helm 4')
  .addOption(environmentOption())
  .addOption(selectorOption())
  .addOption(outputOption(['yaml', 'json']))
  .addHelpText(
    'after',
    examples({
      'render -e dev': 'everything of one environment',
      'render -l release=accounts -o json': 'one service everywhere, as JSON lines of objects',
      'render -e staging -l "chart=service,release notin (ledger)"': 'all but one',
    }),
  )
  .action(async ({ environment, selector, output }, command) => {
    const { terminal, root } = openSession(command)
    await refuseInterruptedWrite(root)
    // Asked for while releases are read, and known when the engine is looked for.
    void findGo()
    const releases = selectReleases(root, environment, selector)
    const report = (line: string) => {
      terminal.note(line)
    }
    const refused: Refused[] = []
    const requests = toRequests(root, releases)
    const refuse = ({ id, error }: { id: string; error: string }) => {
      const release = releases.find(({ environment, release }) => `${environment}/${release}` === id)
      if (release) refused.push({ release, error })
    }
    if (output === 'yaml')
      for await (const rendered of renderManifests(requests, report)) {
        if (rendered.error === undefined) terminal.data(`# ${rendered.id}\n${rendered.manifests}`)
        else refuse(rendered)
      }
    else
      for await (const rendered of renderReleases(requests, report)) {
        const { id, objects = [] } = rendered
        for (const object of objects) terminal.data(JSON.stringify({ release: id, object }))
        if (rendered.error !== undefined) refuse(rendered)
      }
    if (refused.length > 0) throw new Refusal(await explainRefused(root, refused), exitCode.findings)
  })
