type Kept = { readonly bytes: Buffer; readonly body: unknown };

/** So many questions whose last replies are kept: the rounds of 400 tasks. Longer lists change from round to round. */
const maxKept = 8;
/** Bytes. A larger reply is read anew each time rather than kept. */
const maxBytes = 256 * 1024;

/**
 * The last reply to each question, as it came over the wire and as JSON. Most rounds bring the same bytes again, and what
 * is the same object again need not be read again by anybody.
 */
export class SameReply {
  readonly #kept = new Map<string, Kept>();

  /** The JSON of the last reply to this question if it was of the same bytes, else undefined. */
  find(question: string, bytes: Buffer): unknown {
    const kept = this.#kept.get(question);
    return kept?.bytes.equals(bytes) === true ? kept.body : undefined;
  }

  keep(question: string, bytes: Buffer, body: unknown): void {
    this.#kept.delete(question);
    if (bytes.length > maxBytes) return;
    this.#kept.set(question, { bytes, body });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > maxKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}
