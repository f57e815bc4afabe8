// Rings the bell or sets the title as cliptop would in this terminal, and waits for a key before it ends.
import { once } from 'node:events';

import { detectCapabilities } from '../../../source/terminal/capabilities.ts';
import { notification } from '../../../source/terminal/notify.ts';
import { createTitle } from '../../../source/terminal/title.ts';

const { env, platform, stdout, stdin } = process;
const { notification: protocol, multiplexer } = detectCapabilities({ env, platform, stdout, stdin });
const write = (bytes: string): boolean => stdout.write(bytes);
if (process.argv[2] === 'bell') {
  write(notification('7 finished, 1 failed', protocol.value, multiplexer.value));
} else {
  const title = createTitle(write);
  title.set('cliptop 2 running 5 done 1 failed');
  await once(stdin, 'data');
  title.close();
}
write('done\n');
stdin.unref();
