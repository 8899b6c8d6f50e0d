import type { Place } from './locate/create-locator.ts'

/** What a layer file defines, and where it says so. */
export interface Definition<T> {
  value: T
  /** Where the definition begins; paths inside it are paths inside the value. */
  place: Place
}
