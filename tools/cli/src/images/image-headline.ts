/** The first line of a file that says what a service runs. */
export const imageHeadline = (service: string) =>
  `# What ${service} runs. Written by: opencore set-image ${service} <tag>@<digest>\n`
