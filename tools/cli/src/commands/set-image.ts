import { Command, Option } from '@commander-js/extra-typings'
import { parseImage } from '../images/parse-image.ts'
import { setImage } from '../images/set-image.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

const digest = `sha256:${'9f86d081'.repeat(8)}`

export const setImageCommand = new Command('set-image')
  .description('write what a service runs, into environments/images/<service>.yaml; for people and for bots')
  .argument('<service>')
  .argument('<image>', '<tag>@<digest>, as the registry said when the image was pushed')
  .addOption(new Option('--allow-moved-tag', 'take another digest for the tag that is there').default(false))
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      [`set-image accounts 2.5.0@${digest}`]: 'a new version; then: opencore generate',
      [`set-image accounts 2.5.0@${digest} -o json`]: 'what changed, for a bot',
    }),
  )
  .action(async (service, image, { allowMovedTag, output }, command) => {
    const { terminal, root } = openSession(command)
    const change = await setImage(root, service, parseImage(image), allowMovedTag)
    const { before, after, changed, file } = change
    if (output === 'json') terminal.data(JSON.stringify(change, null, 2))
    else if (changed) terminal.data(`~ ${file}`)
    terminal.note(
      changed
        ? `${service}: ${before.tag ?? 'nothing'} becomes ${after.tag}; next: opencore generate`
        : `nothing to change: ${service} runs ${after.tag}@${after.digest}`,
    )
  })
