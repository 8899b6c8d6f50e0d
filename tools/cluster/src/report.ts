/** Progress: one plain line. Whoever calls decides how to show it. */
export type Report = (line: string) => void
