import { placeStage, RELEASES, type Render } from '@opencore/drills'
import { renderLocalised } from '../../shared/render-localised.ts'

/** The releases of the drills' stage, as this checkout has them. */
export const renderStage: Render = (where, restore) => {
  const { names, localise, extend } = placeStage(where, restore)
  return renderLocalised(RELEASES.environment, names, localise, {}, extend)
}
