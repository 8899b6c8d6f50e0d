/** Tells people what goes on inside a step, one line at a time; a passing one says how far it came, until the next. */
export type Report = (line: string, passing?: 'passing') => void
