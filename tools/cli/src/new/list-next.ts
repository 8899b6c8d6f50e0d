/** Commands that make something new run where it starts. */
export function listNext(environments: readonly string[]): string[] {
  const flags = environments.map((name) => `-e ${name}`).join(' ')
  return ['generate', `verify ${flags}`, `up ${flags}`]
}
