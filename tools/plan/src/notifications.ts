import { printYaml } from '@opencore/contract'
import type { Team } from '@opencore/model'

/**
 * What Argo CD notices, whom it concerns, and what it says; the names are those of Argo CD's own catalogue, and the
 * conditions are not: what each says of that is with it.
 */
export interface Trigger {
  name: string
  channel: keyof Team['channels']
  /** Expression over `app`, as expr-lang reads it. Told once each time that it becomes true. */
  when: string
  /** What it is told once for, where the same may become true again without being news. */
  oncePer?: string
  /** Name of the template. */
  send: string
  /** Go template of the text. */
  message: string
}

/** The service by which channels are reached. */
const SERVICE = 'slack'

/** How often a sync is tried before somebody hears of it: about a minute. */
const patience = 5

/** How long, in minutes, something may be as it should not stay before somebody hears of it. */
const lasting = { error: 10, sync: 15 }

const minutesSince = (time: string) => `time.Now().Sub(time.Parse(${time})).Minutes()`

/** For Argo CDs that say in `context` where they are. */
const link = '{{with .context.argocdUrl}}: {{.}}/applications/{{$.app.metadata.name}}{{end}}'

const operation = 'app.status.operationState'

export const triggers: readonly Trigger[] = [
  {
    name: 'on-deployed',
    channel: 'news',
    // As in the catalogue: healthy since this sync, and not only not yet known to be otherwise.
    when: `${operation} != nil and ${operation}.phase in ['Succeeded'] and app.status.health.status == 'Healthy' and (!time.Parse(app.status.health.lastTransitionTime).Add(1 * time.Minute).Before(time.Parse(${operation}.finishedAt)) or time.Parse(app.status.health.lastTransitionTime).Before(time.Parse(${operation}.startedAt)))`,
    oncePer: `${operation}?.syncResult?.revision`,
    send: 'app-deployed',
    message: `{{.app.metadata.name}} runs {{.app.status.operationState.syncResult.revision}}${link}`,
  },
  {
    name: 'on-sync-failed',
    channel: 'alerts',
    // Ours retry without end, and while they do the phase is Running: the catalogue's trigger would never be true.
    when: `${operation} != nil and (${operation}.phase in ['Error', 'Failed'] or (${operation}.phase == 'Running' and (${operation}.retryCount ?? 0) >= ${patience}))`,
    send: 'app-sync-failed',
    message: `{{.app.metadata.name}} does not sync: {{.app.status.operationState.message}}${link}`,
  },
  {
    name: 'on-sync-status-unknown',
    channel: 'alerts',
    // The catalogue looks at the status alone, which stays Synced when a key ends, and is unknown for a moment at times.
    // Where a repository is closed or a signature refused nothing is tried, so that no other trigger is ever true.
    when: `any(app.status?.conditions ?? [], {#.type endsWith 'Error' and ${minutesSince('#.lastTransitionTime')} >= ${lasting.error}})`,
    send: 'app-sync-status-unknown',
    message: `{{.app.metadata.name}} cannot be compared with git: {{range .app.status.conditions}}{{.message}} {{end}}${link}`,
  },
  {
    name: 'on-sync-running',
    channel: 'alerts',
    // The catalogue tells of each: this one waits, for somebody who confirms a deletion, or for what does not get well.
    when: `${operation} != nil and ${operation}.phase == 'Running' and (${operation}.retryCount ?? 0) < ${patience} and ${minutesSince(`${operation}.startedAt`)} >= ${lasting.sync}`,
    send: 'app-sync-running',
    message: `{{.app.metadata.name}} still syncs after ${lasting.sync} minutes: {{.app.status.operationState.message}} (to end it: argocd app terminate-op {{.app.metadata.name}})${link}`,
  },
  {
    name: 'on-health-degraded',
    channel: 'alerts',
    // Each time, and not once a revision as in the catalogue: what breaks a month after its release is no old news.
    when: `app.status.health.status == 'Degraded'`,
    send: 'app-health-degraded',
    message: `{{.app.metadata.name}} is degraded${link}`,
  },
]

/** The annotations by which an Application tells a team's channels. */
export function subscriptions(channels: Team['channels']): Record<string, string> {
  return Object.fromEntries(
    triggers.map(({ name, channel }) => [
      `notifications.argoproj.io/subscribe.${name}.${SERVICE}`,
      channels[channel],
    ]),
  )
}

/** What the controller of notifications has to know: triggers, texts, and where its token is. */
export function notificationSettings(): Record<string, string> {
  // The key of Argo CD's own Secret for this, `argocd-notifications-secret`.
  const settings: Record<string, string> = { [`service.${SERVICE}`]: printYaml({ token: '$slack-token' }) }
  for (const { name, when, oncePer, send, message } of triggers) {
    settings[`trigger.${name}`] = printYaml([{ when, oncePer, send: [send] }])
    settings[`template.${send}`] = printYaml({ message })
  }
  return settings
}
