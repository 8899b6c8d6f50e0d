import type { ChartName, Values } from '@opencore/contract'
import * as z from 'zod'
import { isMap } from '../json.ts'

/** One layer's values, by the chart they are for. */
export type ChartLayers = { readonly [Chart in ChartName]?: Values<Chart> }

/** The values of one release of the chart `service`. */
export type ServiceLayer = Values<'service'>

// Layers are checked after merging, against the charts' own schemas; here they only have to be maps.
export const chartLayersSchema = z.custom<ChartLayers>(isMap)
export const serviceLayerSchema = z.custom<ServiceLayer>(isMap)
