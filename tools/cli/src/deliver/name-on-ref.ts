/**
 * A revision as this repository knows it: the ref's own name leads to its head, also where it is on origin alone: `env/dev`,
 * `env/dev~1`.
 */
export function nameOnRef(ref: string, head: string, revision: string): string {
  const steps = revision.startsWith(ref) ? revision.slice(ref.length) : undefined
  return steps !== undefined && /^[~^\d]*$/.test(steps) ? `${head}${steps}` : revision
}
