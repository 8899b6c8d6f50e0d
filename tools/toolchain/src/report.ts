/** Takes one plain line of progress, without a line end; the caller decides how to show it; a passing one says how far it came, until the next. */
export type Report = (line: string, passing?: 'passing') => void
