import type { Desktop, Report } from './commands.ts';
import type { Store } from '../store/store.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { copyText, type ClipboardMethod } from '../terminal/clipboard.ts';
import { openUrl } from '../terminal/open.ts';
import type { Write } from '../terminal/osc.ts';

export type DesktopOptions = {
  readonly store: Store;
  readonly capabilities: Capabilities;
  readonly write: Write;
  readonly clipboard: ClipboardMethod;
  readonly player: string | null;
  /** What child processes inherit: without our tokens. */
  readonly env: Readonly<Record<string, string>>;
  readonly runInTerminal: <T>(run: () => Promise<T>) => Promise<T>;
  readonly terminalInput: 'inherit' | number;
};

/** Copying and opening, each with a word on how it was done and, when it could not be, on what to do instead. */
export function createDesktop(options: DesktopOptions): Desktop {
  const { store, capabilities, write, env } = options;

  const show = (title: string, lines: readonly string[]) =>
    store.dispatch({ type: 'open-overlay', overlay: { kind: 'text', title, lines } });

  const copy = async (lines: readonly string[], what: string): Promise<Report> => {
    const result = await copyText(lines.join('\n'), { method: options.clipboard, capabilities, write, env });
    if (result.ok) {
      const note = result.note === undefined ? '' : ` · ${result.note}`;
      return { level: 'info', text: `copied ${what} with ${result.how}${note}` };
    }
    show('select it with the mouse', lines);
    return { level: 'warning', text: `not copied: ${result.reason}` };
  };

  const open = async (url: string, player: string | null): Promise<Report> => {
    const { runInTerminal, terminalInput } = options;
    const result = await openUrl(url, {
      player: player ?? options.player,
      env,
      capabilities,
      runInTerminal,
      terminalInput,
    });
    switch (result.kind) {
      case 'opened':
        return { level: 'info', text: `opened with ${result.how}` };
      case 'ended':
        return { level: result.code === 0 ? 'info' : 'warning', text: result.how };
      case 'refused':
      case 'failed':
        return { level: 'error', text: result.reason };
      case 'show': {
        const copied = await copyText(url, { method: options.clipboard, capabilities, write, env });
        show('open it from here', [url]);
        return { level: 'warning', text: `${copied.ok ? `URL copied with ${copied.how} · ` : ''}${result.reason}` };
      }
    }
  };

  return { copy, open };
}
