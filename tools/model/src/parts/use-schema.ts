import * as z from 'zod'
import { isMap } from '../json.ts'

/** A part of the data layer by its name; with what the service may do there, unless the part's values say that. */
export type UseOf<Rights> = string | ({ name: string } & Rights)

/** Rights are checked where they end up, by the chart's own schema; here they only have to be a map. */
export function useSchema<Rights>(): z.ZodType<UseOf<Rights>> {
  return z.custom<UseOf<Rights>>(
    (use) => typeof use === 'string' || (isMap(use) && typeof use['name'] === 'string'),
    { error: 'a name, or a map with `name` and what the service may do' },
  )
}
