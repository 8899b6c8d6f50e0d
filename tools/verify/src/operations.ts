/** What callers may ask for by HTTP; anything of what is left out. A path that ends in `*` stands for all that begin so. */
export interface Operation {
  methods?: readonly string[]
  paths?: readonly string[]
}

/** Whether one of several operations lets through all that `inner` does. No list at all stands for anything. */
export function coversOperation(outer: readonly Operation[] | undefined, inner: Operation): boolean {
  if (outer === undefined) return true
  return outer.some(
    ({ methods, paths }) =>
      coversAll(methods, inner.methods, (one, other) => one === other) &&
      coversAll(paths, inner.paths, coversPath),
  )
}

/** How a message calls what is asked for. */
export function describeOperation({ methods, paths }: Operation): string {
  if (methods === undefined && paths === undefined) return ''
  const what = methods?.join(', ') ?? 'any method'
  return paths === undefined ? ` for ${what}` : ` for ${what} of ${paths.join(', ')}`
}

function coversAll(
  outer: readonly string[] | undefined,
  inner: readonly string[] | undefined,
  covers: (one: string, other: string) => boolean,
): boolean {
  if (outer === undefined) return true
  return inner?.every((each) => outer.some((one) => covers(one, each))) ?? false
}

/** Istio's patterns: exact, or a prefix with `*` at the end (AuthorizationPolicy, `Operation.paths`). */
function coversPath(outer: string, inner: string): boolean {
  return outer.endsWith('*') ? inner.startsWith(outer.slice(0, -1)) : outer === inner
}
