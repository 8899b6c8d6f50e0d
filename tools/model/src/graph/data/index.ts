import type { DataChart } from '../../define/data.ts'
import type { DataKind } from './data-kind.ts'
import { kafka } from './kafka.ts'
import { postgres } from './postgres.ts'
import { redis } from './redis.ts'

/** What is known of each kind of data, by its chart. */
export const dataKinds: Readonly<Record<DataChart, DataKind>> = { kafka, postgres, redis }
