import filenamify from 'filenamify';
import { graphemes } from '../text/graphemes.ts';
import type { TemplateField } from './choices.ts';
import { templateField } from './template.ts';

/** The facts that a template is filled with; an unknown one is an empty text. `ext` is without its dot. */
export type NameFacts = Readonly<Record<TemplateField, string>>;

/** Bytes of one file name on Linux and macOS, and more than Windows takes. */
const maxBytes = 255;

/** Bytes kept free for ` (99)` before the extension and `.part.json` behind it. */
const reservedBytes = 15;

/**
 * The path of a file below the download folder. Slashes of the template make folders, those of a title do not. Every
 * part is a name that Linux, macOS and Windows take, of at most 240 bytes, cut between letters.
 */
export function fileName(template: string, facts: NameFacts): string {
  const parts = template.split(/[\\/]+/).filter(part => part !== '');
  const last = parts.length - 1;
  return parts
    .map((part, index) => {
      const hasExtension = index === last && part.endsWith('.{ext}');
      const stem = hasExtension ? part.slice(0, -'.{ext}'.length) : part;
      const extension = index === last && facts.ext !== '' ? `.${safe(facts.ext, 16)}` : '';
      return safe(fill(stem, facts), maxBytes - reservedBytes - extension.length) + extension;
    })
    .join('/');
}

/** The same name with a number, for a place that is taken by another file: `Moon.mp3` becomes `Moon (2).mp3`. */
export function numbered(name: string, number: number): string {
  if (number < 2) return name;
  const dot = name.lastIndexOf('.');
  const end = dot > name.lastIndexOf('/') + 1 ? dot : name.length;
  return `${name.slice(0, end)} (${number})${name.slice(end)}`;
}

function fill(template: string, facts: NameFacts): string {
  const filled = template.replace(templateField, (_, name: TemplateField) => facts[name]);
  // What an unknown fact leaves behind: empty brackets, and spaces around it.
  return filled
    .replace(/\[\s*\]|\(\s*\)/g, '')
    .replace(/\s{2,}/g, ' ')
    .trim();
}

function safe(text: string, bytes: number): string {
  // A leading dot would hide the file, a leading dash be taken for an option.
  const bare = text.toWellFormed().replace(/^[.\s-]+|\s+$/g, '');
  const name = filenamify(bare, { replacement: '_', maxLength: bytes });
  return bare === '' ? 'untitled' : cutToBytes(name, bytes).replace(/[. ]+$/, '') || 'untitled';
}

function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes(text)) {
    used += Buffer.byteLength(segment);
    if (used > bytes) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
