// A program that throws, and whose `save` throws too.
import { installExitHandlers } from '../../../source/terminal/exits.ts';
import { createRestore } from '../../../source/terminal/restore.ts';

installExitHandlers({
  restore: createRestore({ interactive: false }),
  save: () => {
    throw new Error('save failed');
  },
});
setTimeout(() => {
  throw new Error('boom \u001b]0;owned\u0007');
});
