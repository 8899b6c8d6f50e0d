import type { Finding } from '@opencore/contract/findings'
import { listAlertRouting, type AlertRouting } from '../alert-routing.ts'
import { asLabels, asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** What routes tell apart: who is woken, who reads, and what is told to nobody. */
const severities = ['critical', 'warning', 'info', 'none']

export const alertTold: Rule = {
  id: 'ALERT_UNTOLD',
  reason:
    'An alert that no route knows is read by nobody who can mend it, and one without runbook by somebody who cannot.',
  check: (cluster) => {
    const routing = listAlertRouting(cluster)
    const [first] = routing
    if (!first) return []
    const teams = [...new Set(routing.flatMap((one) => one.teams))].sort()
    return [
      ...routing.flatMap(checkRouting),
      ...cluster
        .objectsOf('PrometheusRule')
        .flatMap((rendered) => listAlerts(rendered).flatMap((alert) => checkAlert(rendered, alert, teams))),
    ]
  },
}

interface Alert {
  name: string
  labels: Readonly<Record<string, string>>
  runbook: string | undefined
}

/** The alerts of a resource; labels of a group are those of its rules that have none of that name. */
function listAlerts({ object }: RenderedObject): Alert[] {
  return asList(read(object, 'spec', 'groups')).flatMap((group) =>
    asList(read(group, 'rules')).flatMap((rule) => {
      const name = asText(read(rule, 'alert'))
      if (name === undefined) return []
      const labels = { ...asLabels(read(group, 'labels')), ...asLabels(read(rule, 'labels')) }
      return [{ name, labels, runbook: asText(read(rule, 'annotations', 'runbook_url')) }]
    }),
  )
}

function checkAlert(rendered: RenderedObject, alert: Alert, teams: readonly string[]): Finding[] {
  const { name, runbook } = alert
  const { team, severity } = alert.labels
  const of = `alert ${name} of ${describeObject(rendered.object)}`
  const say = (found: string, wanted: string, next: string) =>
    complain(rendered, { code: alertTold.id, found: `${of} ${found}`, wanted, next })
  return [
    ...(team === undefined
      ? [
          say(
            'has no team',
            `a label \`team\`, one of ${teams.join(', ')}`,
            'give the rule or its group that label',
          ),
        ]
      : []),
    ...(team !== undefined && !teams.includes(team)
      ? [
          say(
            `is of team ${team}, which no route knows`,
            `one of ${teams.join(', ')}`,
            'correct the label `team`',
          ),
        ]
      : []),
    ...(severity === undefined || !severities.includes(severity)
      ? [
          say(
            severity === undefined ? 'has no severity' : `has severity ${severity}, which no route knows`,
            `a label \`severity\`, one of ${severities.join(', ')}`,
            'say whether somebody is woken, or reads it',
          ),
        ]
      : []),
    ...(runbook === undefined
      ? [say('has no runbook', 'an annotation `runbook_url`', 'write what to do, and where that is')]
      : []),
  ]
}

function checkRouting({ rendered, asked, known }: AlertRouting): Finding[] {
  const missing = (kind: 'receivers' | 'windows', what: string) =>
    [...new Set(asked[kind])]
      .filter((name) => !known[kind].includes(name))
      .map((name) =>
        complain(rendered, {
          code: alertTold.id,
          found: `alertmanager.yaml of ${describeObject(rendered.object)} has a route with the ${what} ${name}, which is not there: Alertmanager goes on with what it had`,
          wanted: `one of ${known[kind].join(', ') || 'none'}`,
          next: `correct the name, or define the ${what}`,
        }),
      )
  return [...missing('receivers', 'receiver'), ...missing('windows', 'window')]
}
