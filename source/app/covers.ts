import type { Sources } from '../api/sources.ts';
import type { DecodeOptions } from '../media/decode-picture.ts';
import type { Options } from '../options/options.ts';
import { followCovers, type LoadCover } from './follow-covers.ts';
import type { Session } from './session.ts';

/** Blocks are few and large; a terminal that draws pictures itself has many small pixels for each cell. */
const asBlocks: DecodeOptions = { most: 64, asPng: false };
const asPicture: DecodeOptions = { most: 320, asPng: true };

/** Brings the covers of a session to its screen. Returns how to stop it. */
export function startCovers({ store, sources, images, options }: CoversSession): () => void {
  if (images === 'off') return () => undefined;
  const load = lazyLoadCover(sources, images === 'blocks' ? asBlocks : asPicture, options.mode === 'demo');
  return followCovers({ store, load });
}

type CoversSession = Pick<Session, 'store' | 'sources' | 'images'> & { readonly options: Pick<Options, 'mode'> };

/** HTTP client, decoders and their thread are loaded with the first cover. */
function lazyLoadCover(sources: Sources, decode: DecodeOptions, direct: boolean): LoadCover {
  const start = async () => {
    const [{ fetchPicture }, { decodeInThread }, { createDispatcher }] = await Promise.all([
      import('../media/fetch-picture.ts'),
      import('../media/picture-decoder.ts'),
      import('../media/dispatcher.ts'),
    ]);
    return { fetchPicture, decodeInThread, dispatcher: createDispatcher({ direct }) };
  };
  let started: ReturnType<typeof start> | undefined;
  return async ({ url, task }, signal) => {
    const { fetchPicture, decodeInThread, dispatcher } = await (started ??= start());
    const { baseUrl, token } = sources.byName(task.slice(0, task.indexOf(':')));
    const api = { origin: new URL(baseUrl).origin, token };
    return decodeInThread(await fetchPicture({ url, dispatcher, api, signal }), decode, signal);
  };
}
