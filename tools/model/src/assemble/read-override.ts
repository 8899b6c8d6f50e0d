import { failure, success, type Result } from '@opencore/contract'
import { parse } from 'yaml'
import { isMap } from '../json.ts'
import type { Override } from './input.ts'

/** A team's values, or what is wrong with its file. An empty file sets nothing. */
export function readOverride({ file, bytes }: Override): Result<Record<string, unknown>> {
  const values: unknown = parse(new TextDecoder().decode(bytes)) ?? {}
  if (isMap(values)) return success(values)
  return failure([
    {
      code: 'OVERRIDE_ROOT',
      severity: 'error',
      at: { file, line: 1, column: 1 },
      found: 'the file holds no map',
      wanted: 'keys with values, such as `replicas: 3`',
      next: 'see the values in the README of the chart',
    },
  ])
}
