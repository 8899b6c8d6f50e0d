import { viewCluster, type EnvironmentInput } from '@opencore/verify'
import { listEdges } from './addresses.ts'
import { askNetpolAnalyzer } from './ask-netpol-analyzer.ts'
import { keepOurs } from './list-declared.ts'
import type { Mutant } from './list-mutants.ts'
import { listOpenings, readOpenings } from './list-openings.ts'
import { standIn } from './stand-ins.ts'

/** What netpol-analyzer makes of a mutant. */
export interface Judgement {
  mutant: Mutant
  /** Something is open that was not, or something of ours is not open that was. What strangers lose is nobody's. */
  isMoved: boolean
  /** Our own evaluator opens the same. */
  isAgreed: boolean
}

/** Ask about all mutants at once, and about each environment that they are of. */
export async function judgeMutants(mutants: readonly Mutant[]): Promise<Judgement[]> {
  const inputs = [...new Set(mutants.flatMap(({ before, input }) => [before, input]))]
  const clusters = inputs.map((input) => {
    const cluster = viewCluster(input)
    return { cluster, standIns: standIn(cluster, 1) }
  })
  const judged = await askNetpolAnalyzer(clusters.map(({ standIns }) => standIns.objects))
  const readAt = (input: EnvironmentInput, addresses: readonly string[]) => {
    const index = inputs.indexOf(input)
    const found = clusters[index]
    if (!found) throw new Error(`nobody asked about ${input.environment}`)
    const theirs = readOpenings(judged[index] ?? [], found.standIns, addresses)
    return { ...found, theirs, ours: keepOurs(theirs, found.standIns) }
  }
  const known = new Map<string, ReturnType<typeof readAt>>()
  const readBefore = (input: EnvironmentInput, addresses: readonly string[]) => {
    const key = [inputs.indexOf(input), ...addresses].join(' ')
    const read = known.get(key) ?? readAt(input, addresses)
    known.set(key, read)
    return read
  }
  return mutants.map((mutant) => {
    const addresses = listEdges([...mutant.before.objects, ...mutant.input.objects])
    const [before, after] = [readBefore(mutant.before, addresses), readAt(mutant.input, addresses)]
    const open = new Set(before.theirs)
    const isWider = after.theirs.some((opening) => !open.has(opening))
    return {
      mutant,
      isMoved: isWider || !isSame(before.ours, after.ours),
      isAgreed: isSame(after.theirs, listOpenings(after.cluster, after.standIns, addresses)),
    }
  })
}

const isSame = (some: readonly string[], others: readonly string[]) => some.join('\n') === others.join('\n')
