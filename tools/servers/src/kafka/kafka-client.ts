import { execa } from 'execa'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { serverAccount } from '../server-account.ts'
import type { KafkaInstallation } from './install-kafka.ts'

/** What Kafka said: an answer, or the name of the exception that its client threw. */
export interface KafkaAnswer {
  answer?: unknown
  refused?: string
  because?: string
}

/** Properties of a Kafka client, such as `acks`. */
export type ClientProperties = Readonly<Record<string, string>>

export interface KafkaClient {
  /** One request after the other; KafkaClient.java lists them. */
  ask: (as: ClientProperties, request: Readonly<Record<string, unknown>>) => Promise<KafkaAnswer>
  close: () => Promise<void>
}

/** Kafka's own Java client as a child process, compiled when it starts: some two seconds. */
export function startKafkaClient({ run }: KafkaInstallation): KafkaClient {
  const child = execa('java', run(join(import.meta.dirname, 'KafkaClient.java'), '-Xmx256m'), {
    ...serverAccount(),
    buffer: false,
    reject: false,
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let last: Promise<unknown> = Promise.resolve()
  return {
    ask: (as, request) => {
      const answer = last.then(async () => {
        child.stdin.write(`${JSON.stringify({ as, ...request })}\n`)
        const line = await lines.next()
        if (line.done === true) throw new Error(`Kafka's client ended\n${complaints}`)
        return JSON.parse(line.value) as KafkaAnswer
      })
      last = answer.catch(() => undefined)
      return answer
    },
    close: async () => {
      child.stdin.end()
      await child
    },
  }
}
