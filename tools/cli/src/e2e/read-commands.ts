/** The blocks of a document that a shell runs, in order, and the heading that each is under. */
export function readCommands(markdown: string): { heading: string; script: string }[] {
  const blocks = [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)]
  return blocks.map((block) => ({
    heading: [...markdown.slice(0, block.index).matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? '',
    script: block[1] ?? '',
  }))
}
