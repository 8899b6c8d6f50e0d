import type { Finding } from '@opencore/contract'

/** What the API server says about one object, without the place: equal objects have equal verdicts. */
export type Judgement = Omit<Finding, 'at'>
