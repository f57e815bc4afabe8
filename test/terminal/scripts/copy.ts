// Copies its argument as cliptop would in this terminal, and prints how.
import { detectCapabilities } from '../../../source/terminal/capabilities.ts';
import type { ClipboardChoice } from '../../../source/terminal/choices.ts';
import { copyText } from '../../../source/terminal/clipboard.ts';

const [method = 'auto', repeat = '1', text = ''] = process.argv.slice(2);
const { env, platform, stdout, stdin } = process;
const result = await copyText(text.replaceAll('|', '\n').repeat(Number(repeat)), {
  method: method as ClipboardChoice,
  capabilities: detectCapabilities({ env, platform, stdout, stdin }),
  write: bytes => stdout.write(bytes),
  native: () => Promise.reject(new Error('not in a test')),
});
process.stdout.write(result.ok ? `copied with ${result.how}.\n` : `not copied: ${result.reason}\n`);
