import type { Picture } from './decode-picture.ts';
import { FileError } from './fetch-errors.ts';
import { PictureError } from './picture-header.ts';

/** A cover by its address: the picture, or in one line why there is none. */
export type Cover = { readonly url: string; readonly picture: Picture | null; readonly message: string | null };

type CoversOptions = {
  /** Fetches and decodes. Throws FileError, PictureError, or the abort's reason. */
  readonly load: (url: string, signal: AbortSignal) => Promise<Picture>;
  /** Calls back after so many milliseconds; the result takes it back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  /** Milliseconds for which a cover has to be wanted before it is fetched: who scrolls by does not want it. */
  readonly rest?: number;
  /** How many covers are kept. */
  readonly most?: number;
  readonly onCover: (cover: Cover) => void;
};

/** Loads the cover that is wanted, one at a time, and keeps the last ones. */
type Covers = {
  /** The address of the cover that is wanted now, until this is called again. null: none. */
  readonly want: (url: string | null) => void;
  readonly stop: () => void;
};

export function createCovers({ load, after, rest = 200, most = 12, onCover }: CoversOptions): Covers {
  /** The one used last comes last. */
  const kept = new Map<string, Cover>();
  let wanted: string | null = null;
  let cancel: () => void = () => undefined;

  const keep = (cover: Cover): void => {
    kept.delete(cover.url);
    kept.set(cover.url, cover);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  };

  const fetch = (url: string): void => {
    const controller = new AbortController();
    cancel = () => controller.abort();
    load(url, controller.signal).then(
      picture => {
        const cover = { url, picture, message: null };
        keep(cover);
        if (wanted === url) onCover(cover);
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        const known = error instanceof FileError || error instanceof PictureError;
        const cover = { url, picture: null, message: known ? error.message : 'it cannot be shown' };
        // What fails in passing is tried again when it is wanted again.
        if (!(error instanceof FileError && error.kind === 'passing')) keep(cover);
        if (wanted === url) onCover(cover);
      },
    );
  };

  return {
    want(url) {
      if (url === wanted) return;
      cancel();
      cancel = () => undefined;
      wanted = url;
      if (url === null) return;
      const cover = kept.get(url);
      if (cover === undefined) {
        cancel = after(rest, () => fetch(url));
      } else {
        keep(cover);
        onCover(cover);
      }
    },
    stop() {
      wanted = null;
      cancel();
    },
  };
}
