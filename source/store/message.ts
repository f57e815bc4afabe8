import { printable } from '../text/printable.ts';
import { shortenMiddle, wrap } from '../text/width.ts';
import type { Flash, Message, Prompt, State } from './state.ts';

type Said = Pick<State, 'flash' | 'prompt'>;

/** What stands between the body and the last line, if anything: what just happened, or is said about what is typed. */
export const messageOf = ({ flash, prompt }: Said): Message | null => flash ?? prompt?.note ?? null;

type Wrapped = { readonly columns: number; readonly most: number; readonly lines: readonly string[] };
const kept = new WeakMap<Message, Wrapped>();

/** The lines that it takes, none where there is nothing to say: at most three, and less of a low pane. */
export function messageLines(state: Said & Pick<State, 'size'>): readonly string[] {
  const message = messageOf(state);
  if (message === null) return [];
  const { columns, rows } = state.size;
  const most = Math.max(1, Math.min(3, Math.floor(rows / 6)));
  const before = kept.get(message);
  if (before?.columns === columns && before.most === most) return before.lines;
  const lines = wrapped(printable(message.text), columns, most);
  kept.set(message, { columns, most, lines });
  return lines;
}

/** A text in at most so many lines; one that needs more loses some of its middle. */
function wrapped(text: string, columns: number, most: number): readonly string[] {
  for (let room = columns * most; room > 0; room -= Math.ceil(columns / 10)) {
    const lines = wrap(shortenMiddle(text, room), columns);
    if (lines.length <= most) return lines;
  }
  return [];
}

/** What is left to do in a prompt where there is nothing that Enter would take. */
export const cancelHint = 'Esc cancel';

/** What the keys do in the prompts in which that is not plain from the screen. */
export const promptHints: Partial<Readonly<Record<Prompt['kind'], Message>>> = {
  add: { level: 'hint', text: `Enter add  ${cancelHint}` },
  player: { level: 'hint', text: `Enter open  ${cancelHint}` },
  folder: { level: 'hint', text: `Enter save  ${cancelHint}` },
  export: { level: 'hint', text: `Enter write  ${cancelHint}  the ending chooses: .m3u8 .csv .json .md` },
};

/** Milliseconds: so long at least a message stays, and longer when there is more to read. */
const leastTime = 3000;
const timePerCharacter = 50;

/** Whether a message has been on the screen for long enough to go with the poll of this time, ms since 1970. */
export const isRead = ({ at = 0, text }: Flash, now: number): boolean =>
  now - at >= Math.max(leastTime, text.length * timePerCharacter);
