/** A number that was measured, and what it should be. */
export interface Target {
  what: string
  found: number
  least?: number
  most?: number
}

/** Print each target with what was found. False when one was missed. */
export function printTargets(targets: readonly Target[]): boolean {
  console.log('| target | found | wanted | |\n|---|---|---|---|')
  const missed = targets.filter(({ what, found, least = 0, most = Infinity }) => {
    const met = found >= least && found <= most
    const wanted = most === Infinity ? `at least ${least}` : `at most ${most}`
    console.log(`| ${what} | ${found.toFixed(2)} | ${wanted} | ${met ? 'met' : 'missed'} |`)
    return !met
  })
  return missed.length === 0
}
