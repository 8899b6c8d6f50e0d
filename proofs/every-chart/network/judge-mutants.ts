import { viewCluster, type EnvironmentInput } from '@opencore/verify'
import { listEdges } from './addresses.ts'
import { askNetpolAnalyzer } from './ask-netpol-analyzer.ts'
import { keepOurs } from './list-declared.ts'
import type { Mutant } from './list-mutants.ts'
import { listOpenings, readOpenings, type Openings } from './list-openings.ts'
import { standIn } from './stand-ins.ts'

/** What netpol-analyzer makes of a mutant. */
export interface Judgement {
  mutant: Mutant
  /** It means something else. */
  isMoved: boolean
  /** Our own evaluator opens the same. */
  isAgreed: boolean
}

/** Ask about all mutants at once, and about each environment that they are of. */
export async function judgeMutants(mutants: readonly Mutant[]): Promise<Judgement[]> {
  const inputs = [...new Set(mutants.flatMap(({ before, input }) => [before, input]))]
  const judged = await askNetpolAnalyzer(inputs.map((input) => prepare(input).standIns.objects))
  const readTheirs = (input: EnvironmentInput, addresses: readonly string[]) =>
    readOpenings(judged[inputs.indexOf(input)] ?? [], prepare(input).standIns, addresses)
  return mutants.map((mutant) => {
    const addresses = addressesOf(mutant)
    const after = readTheirs(mutant.input, addresses)
    return {
      mutant,
      isMoved: isMoved(mutant, readTheirs(mutant.before, addresses), after),
      isAgreed: isSame(after, readOwn(mutant.input, addresses)),
    }
  })
}

/** The first mutants of each kind that our own evaluator takes for another meaning. */
export function findMoving(mutants: readonly Mutant[], count: number): Mutant[] {
  const found: Mutant[] = []
  for (const mutant of mutants) {
    if (found.filter(({ kind }) => kind === mutant.kind).length === count) continue
    const addresses = addressesOf(mutant)
    const [before, after] = [readOwn(mutant.before, addresses), readOwn(mutant.input, addresses)]
    if (isMoved(mutant, before, after)) found.push(mutant)
  }
  return found
}

/** Something is open that was not, or something of ours is not open that was. What strangers lose is nobody's. */
function isMoved({ before: input, input: mutant }: Mutant, before: Openings, after: Openings): boolean {
  const known = new Set(before)
  if (after.some((opening) => !known.has(opening))) return true
  return !isSame(keepOurs(before, prepare(input).standIns), keepOurs(after, prepare(mutant).standIns))
}

const addressesOf = ({ before, input }: Mutant) => listEdges([...before.objects, ...input.objects])

const prepare = remember((input: EnvironmentInput) => {
  const cluster = viewCluster(input)
  return { cluster, standIns: standIn(cluster, 1), own: new Map<string, Openings>() }
})

function readOwn(input: EnvironmentInput, addresses: readonly string[]): Openings {
  const { cluster, standIns, own } = prepare(input)
  const key = addresses.join(' ')
  const openings = own.get(key) ?? listOpenings(cluster, standIns, addresses)
  own.set(key, openings)
  return openings
}

function remember<T>(make: (input: EnvironmentInput) => T): (input: EnvironmentInput) => T {
  const made = new WeakMap<EnvironmentInput, T>()
  return (input) => {
    const found = made.get(input) ?? make(input)
    made.set(input, found)
    return found
  }
}

const isSame = (some: readonly string[], others: readonly string[]) => some.join('\n') === others.join('\n')
