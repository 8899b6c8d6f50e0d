/** Labels that say what an image is, who answers for it and by which licence. */
const LABELS = ['title', 'description', 'version', 'vendor', 'licenses'].map(
  (name) => `org.opencontainers.image.${name}`,
)
/** Whose programs may be in an image, as the start of a reference. */
const BASES = ['docker.io/library/debian:']

interface Instruction {
  name: string
  words: string
}

/**
 * What the policy for images refuses in a Dockerfile, a line each; hadolint asks about the language, this about the choice.
 * The image is made of nothing but what was checked: by a digest, or by apt against what Debian signed.
 */
export function checkDockerfile(text: string): string[] {
  const stages = splitStages(readInstructions(text))
  const names = new Set(['scratch', ...stages.map(({ name }) => name)])
  const last = stages.at(-1)
  return [
    ...stages.flatMap((stage) => [...checkBase(stage, names), ...checkSources(stage, names)]),
    ...(last ? checkImage(last) : ['there is no FROM']),
  ]
}

interface Stage {
  base: string
  name: string
  instructions: readonly Instruction[]
}

function checkBase({ base }: Stage, names: ReadonlySet<string>): string[] {
  if (names.has(base)) return []
  return [
    ...(BASES.some((start) => base.startsWith(start))
      ? []
      : [`FROM ${base}: only ${BASES.join(', ')} may be one`]),
    ...(/@sha256:[0-9a-f]{64}$/.test(base) ? [] : [`FROM ${base}: a tag moves, so it needs a digest`]),
  ]
}

function checkSources({ base, name, instructions }: Stage, names: ReadonlySet<string>): string[] {
  return instructions.flatMap(({ name: instruction, words }) => {
    if (instruction === 'ADD' && words.includes('://') && !/--checksum=sha256:[0-9a-f]{64} /.test(words))
      return [`ADD ${words}: it needs --checksum=sha256:...`]
    if (instruction === 'RUN' && names.has(base) && !words.includes('--network=none '))
      return [`RUN in ${name}: it needs --network=none, since nothing checks what comes from there`]
    return []
  })
}

function checkImage({ base, instructions }: Stage): string[] {
  const wordsOf = (wanted: string) =>
    instructions.filter(({ name }) => name === wanted).map(({ words }) => words)
  const user = wordsOf('USER').at(-1)
  const labels = wordsOf('LABEL').join(' ')
  const missing = LABELS.filter((label) => !labels.includes(`${label}=`))
  return [
    ...(base === 'scratch'
      ? []
      : [`the image is FROM ${base}: from scratch it has no shell and no package manager`]),
    ...(/^[1-9]\d*:[1-9]\d*$/.test(user ?? '')
      ? []
      : [`USER ${user ?? 'is missing'}: user and group are numbers, and not root's`]),
    ...(missing.length === 0 ? [] : [`LABEL lacks ${missing.join(', ')}`]),
  ]
}

/** Lines that go on are one; comments, empty lines and texts of COPY are left out. */
function readInstructions(text: string): Instruction[] {
  const joined = text.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, '')
  const instructions: Instruction[] = []
  let end: string | undefined
  for (const line of joined.split('\n')) {
    if (end !== undefined) {
      if (line === end) end = undefined
      continue
    }
    end = /<<(\w+)/.exec(line)?.[1]
    const [, name, words = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (name !== undefined) instructions.push({ name, words })
  }
  return instructions
}

function splitStages(instructions: readonly Instruction[]): Stage[] {
  const starts = instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []))
  return starts.map((start, index) => {
    const [base = '', , name = ''] = instructions[start]?.words.split(/\s+/) ?? []
    return { base, name, instructions: instructions.slice(start + 1, starts[index + 1]) }
  })
}
