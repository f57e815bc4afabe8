import { yet } from '../screen/availability.ts';
import { targetClip, targetClips, targets, type TaskClip } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';
import { addressOf, isPreview } from '../task/task.ts';
import type { CopyResult } from '../terminal/clipboard.ts';
import type { OpenResult } from '../terminal/open.ts';
import type { createChooser } from './chooser.ts';
import { count, type CommandContext, type Desktop, type Handlers, type Report } from './context.ts';

/** The commands that copy and open the clips of the target. */
export function clipCommands(
  { state, dispatch, warn, report }: CommandContext,
  desktop: Desktop,
  { offer }: Pick<ReturnType<typeof createChooser>, 'offer'>,
): {
  readonly handlers: Handlers;
  /** Opens the audio of the target with a player that the user entered in the prompt. */
  readonly openWith: (player: string) => void;
} {
  const copy = async (lines: readonly string[], what: string) => {
    if (lines.length === 0) warn(`nothing to copy: no audio URL${yet(targets(state()))}`);
    else report(await desktop.copy(lines, what));
  };

  /** Opens the only clip at once; several are offered to choose one or all. */
  const open = async (player: string | null) => {
    const choices = targetClips(state()).flatMap(openable);
    const [first] = choices;
    if (first === undefined) {
      warn(`nothing to open: no audio URL${yet(targets(state()))}`);
    } else if (choices.length === 1) {
      await openAll([first], player);
    } else {
      const names = choices.map(({ name }) => name);
      const chosen = (indexes: readonly number[]) => indexes.flatMap(index => choices[index] ?? []);
      offer('open which?', names, indexes => void openAll(chosen(indexes), player));
    }
  };
  /** What was last entered at `open with:`; it is offered there again. */
  let lastPlayer = '';
  const openWith = (player: string) => {
    lastPlayer = player;
    void open(player);
  };
  /** One after another, up to the first that cannot be opened. */
  const openAll = async (clips: readonly Openable[], player: string | null) => {
    const { length } = clips;
    for (const [index, { url, name }] of clips.entries()) {
      const { level, text } = await desktop.open(url, player, name);
      const isOver = level !== 'info' || index === length - 1;
      if (isOver) report({ level, text: length === 1 ? text : `${index + 1} of ${length}: ${text}` });
      if (isOver) return;
    }
  };

  const handlers: Handlers = {
    'copy-url': () => {
      const clips = targetClips(state()).flatMap(openable);
      void copy(
        clips.map(({ url }) => url),
        urlPhrase(clips),
      );
    },
    'copy-id': () => {
      const clipId = targetClip(state())?.clip.id ?? null;
      const ids = clipId === null ? targets(state()).map(({ id }) => id) : [clipId];
      void copy(ids, count(ids.length, clipId === null ? 'id' : 'clip id'));
    },
    open: () => void open(null),
    'open-with': () => dispatch({ type: 'open-prompt', kind: 'player', text: lastPlayer }),
  };
  return { handlers, openWith };
}

/** `preview`: the audio of a song that is still being made, which ends at another address when it is done. */
type Openable = { readonly url: string; readonly name: string; readonly preview: boolean };

/** `2 URLs`, `1 URL (preview)`, `3 URLs (1 preview)`. */
function urlPhrase(clips: readonly Openable[]): string {
  const previews = clips.filter(({ preview }) => preview).length;
  const urls = count(clips.length, 'URL');
  if (previews === 0) return urls;
  return `${urls} (${previews === clips.length ? 'preview' : count(previews, 'preview')})`;
}

/** The address of a clip, if it has one. */
function openable({ task, clip }: TaskClip): readonly Openable[] {
  const url = addressOf(clip);
  if (url === null) return [];
  const place = task.clips.length > 1 ? ` (${task.clips.indexOf(clip) + 1})` : '';
  const preview = isPreview(clip, task);
  return [{ url, name: `${clip.title ?? clip.id ?? task.id}${place}${preview ? '  preview' : ''}`, preview }];
}

type DesktopOptions = {
  readonly store: Store;
  readonly copyText: (text: string) => Promise<CopyResult>;
  /** `player` null: the configured one, `$BROWSER`, the desktop, or a player in the terminal. */
  readonly openUrl: (url: string, player: string | null, title: string) => Promise<OpenResult>;
};

/**
 * Copying and opening, each reporting how it was done. Where it could not be done, an overlay shows the text or address,
 * to be selected with the mouse.
 */
export function createDesktop({ store, copyText, openUrl }: DesktopOptions): Desktop {
  const show = (title: string, lines: readonly string[]) =>
    store.dispatch({ type: 'open-overlay', overlay: { kind: 'text', title, lines } });

  const copy = async (lines: readonly string[], what: string): Promise<Report> => {
    const result = await copyText(lines.join('\n'));
    if (result.ok) {
      const note = result.note === undefined ? '' : ` · ${result.note}`;
      return { level: 'info', text: `copied ${what} with ${result.how}${note}` };
    }
    show('select it with the mouse', lines);
    return { level: 'warning', text: `not copied: ${result.reason}` };
  };

  const open = async (url: string, player: string | null, title: string): Promise<Report> => {
    const result = await openUrl(url, player, title);
    switch (result.kind) {
      case 'opened':
        return { level: 'info', text: `opened with ${result.how}` };
      case 'ended':
        return { level: result.code === 0 ? 'info' : 'warning', text: result.how };
      case 'refused':
      case 'failed':
        return { level: 'error', text: result.reason };
      case 'show': {
        const copied = await copyText(url);
        show('open it from here', [url]);
        return { level: 'warning', text: `${copied.ok ? `URL copied with ${copied.how} · ` : ''}${result.reason}` };
      }
    }
  };

  return { copy, open };
}
