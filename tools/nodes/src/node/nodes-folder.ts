import type { layOut } from '@opencore/cluster'
import { join } from 'node:path'

type Layout = ReturnType<typeof layOut>

/** Where each node of a platform has its folder. */
export const nodesFolder = ({ data }: Pick<Layout, 'data'>): string => join(data, 'nodes')

/** A file in a node's folder that keeps it from starting. */
export const OFF = 'off'
