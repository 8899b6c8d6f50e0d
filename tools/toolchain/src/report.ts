/** Takes one plain line of progress, without a line end; the caller decides how to show it. */
export type Report = (line: string) => void
