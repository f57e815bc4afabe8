import { isWholeId } from '../task/id-shape.ts';

/** Milliseconds without a byte after which a line without an end is looked at. */
export const quietTime = 2000;

/** Characters of an unfinished line, or of JSON over several lines, that are kept at most: as many as `--file` reads. */
const mostHeld = 64 * 1024 * 1024;

/**
 * Cuts what arrives in pieces into texts that can be read for ids: whole lines, and JSON over several lines as one text,
 * for line by line its clips would be taken for tasks. Each character is looked at once, however many pieces there are.
 */
export class WholeTexts {
  /** The pieces of the line that has not ended. */
  #line: string[] = [];
  #lineLength = 0;
  /** What `afterQuiet` gave of that line. */
  #given = '';
  /** The lines of a JSON text that is still open, their length, and how many of its brackets are open. */
  #document: string[] = [];
  #documentLength = 0;
  #depth = 0;

  /** Whether a line has begun and not ended. */
  get hasUnfinishedLine(): boolean {
    return this.#lineLength > 0;
  }

  /** The texts that a piece completes. Throws an Error for a line of more than 64 MiB. */
  push(piece: string): readonly string[] {
    const end = piece.lastIndexOf('\n');
    const texts = end < 0 ? [] : this.#take(`${this.#line.join('')}${piece.slice(0, end)}`);
    if (end >= 0) this.#dropLine();
    const rest = piece.slice(end + 1);
    if (rest !== '') this.#line.push(rest);
    this.#lineLength += rest.length;
    if (this.#lineLength > mostHeld) {
      this.#dropLine();
      throw new Error('a line of more than 64 MiB');
    }
    return texts;
  }

  /**
   * What of the unfinished line can be taken when nothing more has come for a while: all but an id at its end that may
   * go on. null: nothing that was not given before.
   */
  afterQuiet(): string | null {
    const line = this.#line.join('');
    const part = this.#document.length > 0 || startsAsJson.test(line) ? '' : withoutCutId(line);
    if (part.trim() === '' || part === this.#given) return null;
    this.#given = part;
    return part;
  }

  /** The texts that are left when nothing more will come. */
  end(): readonly string[] {
    const texts = this.hasUnfinishedLine ? [...this.push('\n')] : [];
    if (this.#document.length > 0) texts.push(this.#closeDocument().join('\n'));
    return texts;
  }

  #dropLine(): void {
    this.#line = [];
    this.#lineLength = 0;
  }

  #take(text: string): readonly string[] {
    const texts: string[] = [];
    let lines: string[] = [];
    const flush = (): void => {
      if (lines.length > 0) texts.push(lines.join('\n'));
      lines = [];
    };
    for (const [index, line] of text.split('\n').entries()) {
      if (index === 0 && this.#given !== '' && line === this.#given) continue;
      if (this.#document.length === 0 && !startsAsJson.test(line)) {
        lines.push(line);
        continue;
      }
      const depth = depthAfter(line, this.#depth);
      this.#document.push(line);
      this.#documentLength += line.length;
      if (depth === null || this.#documentLength > mostHeld) {
        lines = lines.concat(this.#closeDocument());
      } else if (depth > 0) {
        this.#depth = depth;
      } else if (this.#document.length === 1) {
        lines.push(...this.#closeDocument());
      } else {
        flush();
        texts.push(this.#closeDocument().join('\n'));
      }
    }
    this.#given = '';
    flush();
    return texts;
  }

  #closeDocument(): readonly string[] {
    const lines = this.#document;
    this.#document = [];
    this.#documentLength = 0;
    this.#depth = 0;
    return lines;
  }
}

/** The whole texts of a stream; one that is quiet for two seconds also gives what is whole of its unfinished line. */
export async function* wholeTexts(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const texts = new WholeTexts();
  const source = pieces[Symbol.asyncIterator]();
  for (let next = source.next(); ; next = source.next()) {
    if (texts.hasUnfinishedLine && (await isQuiet(next))) {
      const part = texts.afterQuiet();
      if (part !== null) yield part;
    }
    const piece = await next;
    if (piece.done === true) break;
    yield* texts.push(piece.value);
  }
  yield* texts.end();
}

/** Whether the time for quiet runs out before something comes. */
function isQuiet(next: Promise<unknown>): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(true), quietTime);
    // Waiting for the rest of a line does not keep the program from ending.
    timer.unref();
    const come = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    // Whoever awaits it hears of the error.
    next.then(come, come);
  });
}

/** How a line begins that may be the first of a JSON text; `[12:00] …` of a log is not. */
const startsAsJson = /^\s*[{[]\s*(?:["{[]|$)/;

/** A line without the last word, unless that ends in a whole id. */
function withoutCutId(line: string): string {
  const word = /[\w./:-]*$/.exec(line)?.[0] ?? '';
  return isWholeId(word.split(/[:/]/).at(-1) ?? '') ? line : line.slice(0, line.length - word.length);
}

/** What may stand in JSON outside its strings: brackets, numbers, `true`, `false`, `null`. */
const bare = new Set(Array.from(' \t\r{}[]:,0123456789+-.eEaflnrstu\ufeff', character => character.charCodeAt(0)));

/** How many brackets are open after one more line; null when it is no line of JSON. */
function depthAfter(line: string, depth: number): number | null {
  let open = depth;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code === 0x22) {
      index = endOfString(line, index);
      // A string of JSON has no line end in it.
      if (index < 0) return null;
    } else if (!bare.has(code)) {
      return null;
    } else if (code === 0x7b || code === 0x5b) {
      open++;
    } else if (code === 0x7d || code === 0x5d) {
      if (--open < 0) return null;
    }
  }
  return open;
}

/** Where the string ends that begins at `start`; -1 when it does not. */
function endOfString(line: string, start: number): number {
  for (let end = line.indexOf('"', start + 1); end >= 0; end = line.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (line[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}
