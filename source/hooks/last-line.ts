/** Bytes kept of what a hook prints; a line that is longer loses its beginning. */
const keptBytes = 4096;

/** Keeps the end of an output that may be of any length. */
export class LastLine {
  #tail = Buffer.alloc(0);

  /** Takes in what was printed. */
  add(chunk: Buffer): void {
    const end = chunk.subarray(-keptBytes);
    // A copy: the chunk is a part of a larger buffer, which would be kept alive.
    this.#tail = end.length === keptBytes ? Buffer.from(end) : Buffer.concat([this.#tail, end]).subarray(-keptBytes);
  }

  /** The last line that is not blank, as it was printed; empty where there is none. */
  get text(): string {
    // A progress bar ends its lines with a carriage return.
    const lines = this.#tail.toString('utf8').split(/[\r\n]+/);
    return lines.findLast(line => line.trim() !== '')?.trim() ?? '';
  }
}
