import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 500

/**
 * Look again and again until it is so.
 * @param what of a sentence that ends with what is waited for: thrown when the time is over, with the last error there was
 */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  patienceMs: number,
): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    let trouble = ''
    try {
      if (await isSo()) return
    } catch (error) {
      trouble = `: ${error instanceof Error ? error.message : String(error)}`
    }
    if (Date.now() > deadline)
      throw new Error(`waited ${patienceMs / 1000} s in vain until ${what}${trouble}`)
    await sleep(PAUSE_MS)
  }
}
