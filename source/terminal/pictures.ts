import { askCellSize } from './cell-size.ts';
import type { PictureProtocol } from './choices.ts';
import { createPictureLayer, type PlacedPicture } from './picture-layer.ts';
import { createCursor } from './written-cells.ts';

/** The alternate screen, and what empties it. */
const enter = '\u001b[?1049h';
const leave = '\u001b[?1049l';
/** Between them the terminal shows nothing of a frame. Ink writes them by themselves, before and behind it. */
const [frameBegins, frameEnds] = ['\u001b[?2026h', '\u001b[?2026l'];
const empties = /\u001b\[(?:[23]J|1;1H\u001b\[J|H\u001b\[2J)/;

/** Milliseconds in which Ink draws a frame for sure; it draws nothing where only a picture is new. */
const untilDrawn = 60;

type Pictures = {
  /** The terminal for Ink: with what Ink writes goes what takes a picture away, and then what draws one. */
  readonly stream: NodeJS.WriteStream;
  /** The picture of the frame that is about to be drawn. */
  readonly want: (picture: PlacedPicture | null) => void;
  /** Asks for the size of a cell where the protocol stretches pictures; elsewhere the terminal keeps their proportions. */
  readonly measure: () => void;
  /** What takes away a picture that is still there. */
  readonly clear: () => string;
};

/** Pictures on the alternate screen of a terminal that draws them by one of the two protocols. */
export function createPictures(terminal: NodeJS.WriteStream, way: PictureProtocol, id = process.pid): Pictures {
  const layer = createPictureLayer(way, id);
  const cursor = createCursor(() => terminal.rows || 24);
  let wanted: PlacedPicture | null = null;
  let isOurs = false;
  let isInFrame = false;
  let timer: NodeJS.Timeout | undefined;

  const around = (chunk: string): string => {
    if (chunk.includes(leave)) isOurs = false;
    const before = !isOurs || empties.test(chunk) ? layer.clear() : layer.before(wanted);
    if (cursor.follow(chunk, layer.fragile())) layer.destroyed();
    const end = chunk.lastIndexOf(frameEnds);
    const begin = chunk.lastIndexOf(frameBegins);
    if (begin !== end) isInFrame = begin > end;
    // What has just become ours is drawn first.
    const after = isOurs && !isInFrame ? layer.after(wanted) : '';
    if (chunk.includes(enter)) {
      isOurs = true;
      cursor.home();
    }
    return end < 0 ? before + chunk + after : before + chunk.slice(0, end) + after + chunk.slice(end);
  };
  const flush = (): void => {
    if (!isOurs) return;
    const bytes = layer.before(wanted) + layer.after(wanted);
    if (bytes !== '') terminal.write(bytes);
  };
  const write = (chunk: unknown, ...rest: unknown[]): unknown =>
    Reflect.apply(terminal.write, terminal, [typeof chunk === 'string' ? around(chunk) : chunk, ...rest]);

  return {
    stream: new Proxy(terminal, {
      get(target, name) {
        if (name === 'write') return write;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value as (...parameters: unknown[]) => unknown).bind(target) : value;
      },
    }),
    want(picture) {
      wanted = picture;
      clearTimeout(timer);
      timer = setTimeout(flush, untilDrawn).unref();
    },
    measure() {
      // While another program has the terminal, the answer would go to that one.
      if (way === 'kitty' && isOurs) terminal.write(askCellSize);
    },
    clear() {
      isOurs = false;
      clearTimeout(timer);
      return layer.clear();
    },
  };
}
