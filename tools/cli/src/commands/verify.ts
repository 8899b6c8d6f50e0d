import { Command, Option } from '@commander-js/extra-typings'
import { formatControls, formatFindings } from '@opencore/verify'
import { refuseInterruptedWrite } from '../files/write-files.ts'
import { formatCounts } from '../verify/format-counts.ts'
import { joinEnvironments } from '../output/join-environments.ts'
import { printFindings } from '../output/print-findings.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { runSteps } from '../output/run-steps.ts'
import { runVerify } from '../verify/run-verify.ts'
import type { VerifyResult } from '../verify/verify-options.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { environmentOption, outputOption } from './options.ts'

export const verifyCommand = new Command('verify')
  .description(
    'prove what argocd/ and charts/ say: schemas, the judge, the update of what runs, rules, helm-unittest, helm lint',
  )
  .addOption(environmentOption())
  .addOption(new Option('--chart <name...>', 'only the tests of these charts (repeatable)'))
  .addOption(
    new Option(
      '--since <branch>',
      'also: charts that changed since then have a higher version, e.g. origin/main',
    ),
  )
  .addOption(outputOption(['table', 'json', 'junit', 'markdown']))
  .addHelpText(
    'after',
    examples({
      verify: 'everything',
      'verify -e prod-eu-west-1': 'one environment',
      'verify --chart service': 'the suites and cases of one chart',
      'verify --since origin/main': 'what a pull request is asked',
      'verify -o markdown': 'for a pull request, with the controls and what they were held against',
    }),
  )
  .action(async ({ environment, chart, since, output }, command) => {
    const { terminal, root } = openSession(command)
    await refuseInterruptedWrite(root)
    let result: VerifyResult | undefined
    await runSteps(terminal, [
      {
        title: 'verify',
        run: async (report) => {
          result = await runVerify({ root, environments: environment, charts: chart, since }, report)
          return formatCounts(result.counts)
        },
      },
    ])
    const { findings = [], controls = [], counts } = result ?? {}
    const joined = joinEnvironments(findings)
    if (output === 'json') terminal.data(JSON.stringify({ counts, controls, findings }, null, 2))
    else if (output === 'markdown')
      terminal.data(`${formatFindings(joined, output)}${formatControls(controls)}`)
    else if (output !== 'table') terminal.data(formatFindings(findings, output))
    if (findings.some(({ severity }) => severity === 'error')) throw new Refusal(joined, exitCode.findings)
    if (joined.length > 0) printFindings(terminal, joined)
  })
