// A program without a view, which runs until a signal or an error ends it.
import { writeFileSync } from 'node:fs';

import { installExitHandlers } from '../../../source/terminal/exits.ts';
import { createRestore } from '../../../source/terminal/restore.ts';

const [saved = '/dev/null', speech = 'quiet'] = process.argv.slice(2);
installExitHandlers({
  restore: createRestore({ interactive: process.stdout.isTTY }),
  save: () => writeFileSync(saved, `saved by ${process.pid}`),
  onSignal: signal => process.stderr.write(`got ${signal}\n`),
});
setInterval(() => speech === 'talk' && process.stdout.write('line\n'), 10);
process.stdout.write(`ready ${process.pid}\n`);
