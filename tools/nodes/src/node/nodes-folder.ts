import type { layOut } from '@opencore/cluster'
import { join } from 'node:path'

type Layout = ReturnType<typeof layOut>

/** Where each node of a platform has its folder. */
export const nodesFolder = ({ data }: Pick<Layout, 'data'>): string => join(data, 'nodes')
