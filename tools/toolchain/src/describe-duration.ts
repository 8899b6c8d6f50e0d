/** Milliseconds as a person says them: `4 s`, `2 min 30 s`, `12 min`. */
export function describeDuration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${String(seconds)} s`
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  return rest === 0 ? `${String(minutes)} min` : `${String(minutes)} min ${String(rest)} s`
}

/** An expectation in seconds, rounded as one would say it before the fact: `about 40 s`, `about 4 min`. */
export function describeExpectation(seconds: number): string {
  return seconds < 90 ? `about ${String(seconds)} s` : `about ${String(Math.round(seconds / 60))} min`
}
