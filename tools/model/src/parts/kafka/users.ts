import { isList, isMap, type Path } from '../../json.ts'
import { entriesAt, textAt, valueAt } from '../../read-value.ts'
import type { Part, Users } from '../part.ts'

/** The lists of topics that a user of the chart can have, by role. */
const TOPIC_LISTS: Readonly<Record<string, readonly string[]>> = {
  producer: ['topics'],
  consumer: ['topics'],
  streams: ['inputs', 'outputs'],
  connect: ['reads', 'writes'],
  mirrorSource: ['topics'],
}

/** What a user has that lets it do nothing. A role that the chart lacks is left to the chart's schema. */
const WITHOUT_RIGHTS = ['authentication', 'quotas']

/** Users of a Kafka cluster, and the topics that their roles name. */
export function usersOfKafka(data: Part): Users {
  const [topic = 'accounts.events'] = entriesAt(data.values, 'topics').map(([name]) => name)
  const known = knownTopics(data)
  return {
    path: ['users'],
    what: 'topic',
    hasRights: (user) => isMap(user) && Object.keys(user).some((key) => !WITHOUT_RIGHTS.includes(key)),
    named: (rights) =>
      Object.entries(TOPIC_LISTS).flatMap(([role, lists]) =>
        lists.flatMap((list) => namesAt(rights, [role, list])),
      ),
    ...(known && { known }),
    example: `consumer: { topics: ['${topic}'] }`,
  }
}

/** The group that a user reads as, where it has the role. */
export function consumerGroupOf(name: string, user: unknown): string | undefined {
  if (valueAt(user, 'consumer') === undefined) return undefined
  return textAt(user, 'consumer', 'group') ?? name
}

/**
 * How many phases of Spring's shutdown the clients of a user take, all of them before the web server's: listeners end in
 * `Integer.MAX_VALUE - 100` (spring-kafka, AbstractMessageListenerContainer.DEFAULT_PHASE), streams in `- 1000`
 * (StreamsBuilderFactoryBean), requests in `- 1024` (Spring Boot, WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE). A
 * producer has none.
 */
export function shutdownPhasesOf(user: unknown): number {
  return ['consumer', 'streams'].filter((role) => valueAt(user, role) !== undefined).length
}

/** Topics of the values and dead letters; not told where connectors make more, which the chart knows by itself. */
function knownTopics({ values }: Part): string[] | undefined {
  if (valueAt(values, 'connect', 'enabled') === true) return undefined
  const suffix = textAt(values, 'deadLetters', 'suffix') ?? 'dlt'
  const letters = entriesAt(values, 'users').flatMap(([name, user]) =>
    valueAt(user, 'consumer', 'deadLetters') === true
      ? namesAt(user, ['consumer', 'topics']).map(
          (topic) => `${topic.name}.${consumerGroupOf(name, user) ?? name}.${suffix}`,
        )
      : [],
  )
  return [...entriesAt(values, 'topics').map(([name]) => name), ...letters]
}

function namesAt(values: unknown, path: string[]): { name: string; path: Path }[] {
  const names = valueAt(values, ...path)
  if (!isList(names)) return []
  return names.flatMap((name, index) => (typeof name === 'string' ? [{ name, path: [...path, index] }] : []))
}
