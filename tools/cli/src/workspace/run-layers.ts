import { Worker } from 'node:worker_threads'

/** How a bundle of layer files ended; all but the first with the file that ran last, if one had begun. */
export type LayersOutcome =
  | { end: 'exported'; exports: unknown }
  | { end: 'threw'; file: string | undefined; error: unknown }
  | { end: 'endless' | 'exited'; file: string | undefined }

/** What layer files may take, in milliseconds and megabytes: a platform of 1,560 releases needs a hundredth of either. */
export const longest = 10_000
const maxOldGenerationSizeMb = 512

/** What the module is called in stack traces. */
export const LAYERS_MODULE = 'opencore-layers.mjs'

/** What the bundle posts: the file that begins to run, and in the end what all of them export. */
type Message = { entered: string } | { exports: unknown }

/**
 * Run a bundle of layer files in a thread of its own: this one still hears Ctrl-C, and a process takes its threads along
 * however it ends. The thread has none of this process's environment variables, and what it prints goes to stderr.
 * @param code of one ES module, which imports built-in ones alone; it is in no file, so nobody else can have written it
 */
export function runLayers(code: string, limit = longest): Promise<LayersOutcome> {
  const named = `${code}\n//# sourceURL=file:///${LAYERS_MODULE}\n`
  const worker = new Worker(new URL(`data:text/javascript;base64,${Buffer.from(named).toString('base64')}`), {
    env: {},
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb },
  })
  worker.stdout.pipe(process.stderr, { end: false })
  let file: string | undefined
  let timer: NodeJS.Timeout | undefined
  return new Promise<LayersOutcome>((resolve) => {
    worker.on('message', (message: Message) => {
      if ('entered' in message) file = message.entered
      else resolve({ end: 'exported', exports: message.exports })
    })
    worker.on('error', (error) => {
      resolve({ end: 'threw', file, error })
    })
    worker.on('exit', () => {
      resolve({ end: 'exited', file })
    })
    // Our own thread may have been busy all the time: what was posted meanwhile comes before `setImmediate` does.
    timer = setTimeout(() => {
      setImmediate(() => {
        resolve({ end: 'endless', file })
      })
    }, limit)
  }).finally(async () => {
    clearTimeout(timer)
    await worker.terminate()
  })
}
