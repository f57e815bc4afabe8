import { pngFor, videoFor, wavFor, zipFor } from './media.ts';
import { json, type Reply } from './reply.ts';

const makers: Readonly<Record<string, { readonly type: string; readonly make: (id: string) => Buffer }>> = {
  wav: { type: 'audio/wav', make: wavFor },
  png: { type: 'image/png', make: pngFor },
  y4m: { type: 'video/x-yuv4mpeg', make: videoFor },
  zip: { type: 'application/zip', make: zipFor },
};

/** Serves the files of the clips; keeps the last few, since a player asks for one in many pieces. */
export function createMedia(): (name: string, headers: Readonly<Record<string, string>>) => Reply {
  const files = new Map<string, Buffer>();
  return (name, headers) => {
    const [, id = '', extension = ''] = /^([\w:-]{1,80})\.(\w+)$/.exec(name) ?? [];
    const maker = makers[extension];
    if (!maker) return json(404, { error: 'no such file' });
    const file = files.get(name) ?? maker.make(id);
    files.set(name, file);
    const [oldest] = files.keys();
    if (files.size > 16 && oldest !== undefined) files.delete(oldest);
    return rangeOf(file, `"${name}-${file.length}"`, maker.type, headers);
  };
}

function rangeOf(file: Buffer, etag: string, type: string, asked: Readonly<Record<string, string>>): Reply {
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', etag, 'cache-control': 'public, max-age=3600' };
  if (asked['if-none-match'] === etag) return { status: 304, headers, body: Buffer.alloc(0) };
  // A range of another version of the file would be glued to the wrong bytes: send all of it.
  const fits = asked['if-range'] === undefined || asked['if-range'] === etag;
  // Several ranges at once, or another unit, may be answered with the whole file.
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(fits ? (asked.range ?? '') : '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === ''))
    return { status: 200, headers, body: file };
  const from = first === '' ? Math.max(0, file.length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? file.length - 1 : Math.min(Number(last), file.length - 1);
  if (from > to) {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${file.length}` }, body: Buffer.alloc(0) };
  }
  const range = `bytes ${from}-${to}/${file.length}`;
  return { status: 206, headers: { ...headers, 'content-range': range }, body: file.subarray(from, to + 1) };
}
