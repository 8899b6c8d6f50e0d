/** An image that a node is given, as plain data: what is in it, and what starts it. */
export interface ImageSpec {
  /** Name and tag, as pods ask for it. */
  name: string
  /** What else it is called on a node: `<repository>@sha256:...` where pods name a digest that no archive can have. */
  aliases?: readonly string[]
  /** An absolute folder of which it has everything. */
  root?: string
  /** Files on top of that: the path in the image, and its executable on this machine or its text. */
  files: Readonly<Record<string, { program: string } | { text: string }>>
  entrypoint: readonly string[]
  command?: readonly string[]
  /** Nobody's on this machine where it is left out. */
  user?: string
  environment?: Readonly<Record<string, string>>
  labels?: Readonly<Record<string, string>>
}
