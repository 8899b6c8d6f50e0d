import { RELEASES, SAVED, type Render } from '@opencore/drills'
import { localiseDefinition } from '@opencore/nodes'
import { renderLocalised } from '../../shared/render-localised.ts'

/** The releases of the drills' stage, as this checkout has them. */
export const renderStage: Render = (api) =>
  renderLocalised(RELEASES.environment, RELEASES.names, (definition) =>
    localiseDefinition(definition, api, SAVED),
  )
