/** Names shown of those that are waited for. */
const SHOWN = 4

/** One line: how many of all are there, and the first of those that are not. */
export function describeProgress(total: number, waiting: readonly string[]): string {
  const healthy = `${total - waiting.length} of ${total} Applications are Synced and Healthy`
  if (waiting.length === 0) return healthy
  const more = waiting.length > SHOWN ? ` and ${waiting.length - SHOWN} more` : ''
  return `${healthy}; waiting for ${waiting.slice(0, SHOWN).join(', ')}${more}`
}
