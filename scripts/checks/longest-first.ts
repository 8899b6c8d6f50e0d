import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes, longest first: one that begins last has a core to itself while the others stand idle. */
const longest = [
  'publish/publish.live.test.ts',
  'e2e/kill-generate.live.test.ts',
  'src/ensure-tools.live.test.ts',
]

/** Test files as vitest orders them, with those first that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.endsWith(name))
      return place === -1 ? longest.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
