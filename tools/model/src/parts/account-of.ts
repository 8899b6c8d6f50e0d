import { textAt } from '../read-value.ts'
import type { Part } from './part.ts'

/** The ServiceAccount by which a part's pods run, and by which its secrets are fetched. */
export function accountOf({ values, objects }: Pick<Part, 'values' | 'objects'>): string {
  return textAt(values, 'serviceAccount', 'name') ?? objects
}
