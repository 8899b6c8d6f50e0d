/** The examples block of a help text: a command line and what it does. */
export function examples(lines: Record<string, string>): string {
  const width = Math.max(...Object.keys(lines).map((line) => line.length))
  return `\nExamples:\n${Object.entries(lines)
    .map(([line, purpose]) => `  $ opencore ${line.padEnd(width)}   ${purpose}`.trimEnd())
    .join('\n')}`
}
