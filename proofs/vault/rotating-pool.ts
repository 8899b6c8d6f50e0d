import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A pool that reads its credentials anew for each connection, as HikariCP does with a provider of them. */
export interface PoolSettings {
  port: number
  database: string
  /** PEM of the authority that verifies the server. */
  authority: string
  /** The folder with `username` and `password`. */
  folder: string
  size: number
  /** Milliseconds after which a connection is not used again; each of them a little sooner. */
  maxLifetime: number
  /** Milliseconds that a transaction waits for a connection. */
  patience: number
}

/** What came of a load. */
export interface Outcome {
  done: number
  failed: string[]
  /** How often the server refused the password. */
  refused: number
}

/**
 * Transactions one after the other by some workers, over a pool that has more connections than they use at once.
 * @returns what stops it
 */
export function startLoad(settings: PoolSettings, workers: number): () => Promise<Outcome> {
  const outcome: Outcome = { done: 0, failed: [], refused: 0 }
  const idle: { client: pg.Client; ends: number }[] = []
  let open = 0
  const load = { isOver: false }
  const isOver = () => load.isOver

  const close = async (client: pg.Client) => {
    open -= 1
    await client.end().catch(() => undefined)
  }
  /** Keeps the pool full, as far as the server lets it. */
  const fill = async () => {
    while (!isOver()) {
      if (open < settings.size)
        await connect(settings).then(
          (client) => {
            open += 1
            idle.push({ client, ends: Date.now() + settings.maxLifetime * (0.8 + Math.random() / 5) })
          },
          () => (outcome.refused += 1),
        )
      const over = idle.filter(({ ends }) => Date.now() > ends)
      idle.splice(0, idle.length, ...idle.filter((member) => !over.includes(member)))
      await Promise.all(over.map(({ client }) => close(client)))
      await sleep(10)
    }
  }
  const borrow = async () => {
    const end = Date.now() + settings.patience
    while (Date.now() < end) {
      const found = idle.shift()
      if (found) return found
      await sleep(5)
    }
    throw new Error(`no connection in ${settings.patience} ms`)
  }
  const work = async () => {
    while (!isOver()) {
      try {
        const member = await borrow()
        await member.client.query('begin')
        await member.client.query('insert into entry (amount) values (1)')
        await member.client.query('commit')
        outcome.done += 1
        idle.push(member)
      } catch (error) {
        if (!isOver()) outcome.failed.push(String(error))
      }
      await sleep(10)
    }
  }
  const running = [fill(), ...Array.from({ length: workers }, work)]
  return async () => {
    load.isOver = true
    await Promise.all(running)
    await Promise.all(idle.map(({ client }) => close(client)))
    return outcome
  }
}

async function connect({ folder, port, database, authority }: PoolSettings): Promise<pg.Client> {
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  const [user, password] = [await read('username'), await read('password')]
  const ssl = { ca: authority, servername: 'localhost' }
  const client = new pg.Client({ host: '127.0.0.1', port, database, user, password, ssl })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
