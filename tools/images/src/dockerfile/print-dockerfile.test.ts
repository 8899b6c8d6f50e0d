import { join } from 'node:path'
import { expect, it } from 'vitest'
import { facts } from '../recipe/facts.ts'
import { jvmRecipe } from '../recipe/jvm-recipe.ts'
import { printDockerfile } from './print-dockerfile.ts'

it.each([facts])('$name has the Dockerfile of its recipe', async (service) => {
  await expect(printDockerfile(jvmRecipe(service))).toMatchFileSnapshot(join(service.folder, 'Dockerfile'))
})
