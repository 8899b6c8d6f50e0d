/** Progress: one plain line. Whoever calls decides how to show it; a passing one says how far it came, until the next. */
export type Report = (line: string, passing?: 'passing') => void
