import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installKafka } from './install-kafka.ts'
import { startKafka, type Kafka } from './start-kafka.ts'

const installation = await installKafka()
const missing = 'missing' in installation ? installation.missing : undefined

describe(startKafka, () => {
  let kafka: Kafka
  beforeAll(async () => {
    if ('missing' in installation) return
    kafka = await startKafka(installation, {
      nodes: 1,
      metadataVersion: '4.3-IV0',
      config: {
        'default.replication.factor': 1,
        'offsets.topic.replication.factor': 1,
        'log.retention.hour': 1,
      },
      certificates: ['teller'],
      passwords: { clerk: 'open sesame' },
    })
    const rules = [{ resource: { type: 'topic', name: 'slips' }, operations: ['Write', 'Describe'] }]
    await kafka.client.ask(kafka.as('admin'), { do: 'addRules', principal: 'User:CN=teller', rules })
    await kafka.client.ask(kafka.as('admin'), { do: 'addRules', principal: 'User:clerk', rules })
    await kafka.client.ask(kafka.as('admin'), {
      do: 'createTopic',
      topic: 'slips',
      partitions: 1,
      replicas: 1,
      config: {},
    })
  }, 180_000)
  afterAll(async () => {
    if ('missing' in installation) return
    await kafka.stop()
    await installation.remove()
  })
  const produce = { do: 'produce', topic: 'slips', values: ['one'] }

  it('lets users in by certificate and by password, to do what their rules say', async ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(await kafka.client.ask(kafka.as('teller'), produce)).toEqual({ answer: true })
    expect(await kafka.client.ask(kafka.as('clerk'), produce)).toEqual({ answer: true })
    expect(await kafka.client.ask(kafka.as('teller'), { do: 'deleteTopic', topic: 'slips' })).toMatchObject({
      refused: 'TopicAuthorizationException',
    })
  })
  it('refuses a wrong password', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const wrong = Object.fromEntries(
      Object.entries(kafka.as('clerk')).map(([name, value]) => [name, value.replace('sesame', 'barley')]),
    )
    expect(await kafka.client.ask(wrong, produce)).toMatchObject({ refused: 'SaslAuthenticationException' })
  })
  it('tells which settings of a broker it knows', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { answer } = await kafka.client.ask(kafka.as('admin'), { do: 'brokerSettings', broker: '0' })
    expect(answer).toContain('default.replication.factor')
    expect(answer).not.toContain('log.retention.hour')
  })
  it('refuses a setting of a topic that Kafka does not know', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const topic = {
      do: 'createTopic',
      topic: 'odd',
      partitions: 1,
      replicas: 1,
      config: { 'retention.mss': '1' },
    }
    expect(await kafka.client.ask(kafka.as('admin'), topic)).toMatchObject({
      refused: 'InvalidConfigurationException',
    })
  })
})
