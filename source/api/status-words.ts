/** What a vendor's word for a state stands for; null for a word nobody has seen yet. */
export type StatusMeaning = 'queued' | 'running' | 'succeeded' | 'failed';

const meanings: Readonly<Record<StatusMeaning, readonly string[]>> = {
  queued: ['not_start', 'submitted', 'queued', 'queueing', 'queuing', 'pending', 'waiting', 'created', 'scheduled'],
  running: [
    'in_progress',
    'processing',
    'running',
    'streaming',
    'generating',
    'progress',
    // Only the first of two songs, or only the lyrics, are done.
    'text_success',
    'first_success',
  ],
  succeeded: ['success', 'succeeded', 'succeed', 'completed', 'complete', 'finished', 'done', 'ok'],
  failed: [
    'failure',
    'failed',
    'fail',
    'error',
    'cancelled',
    'canceled',
    'rejected',
    'timeout',
    'expired',
    'sensitive_word_error',
  ],
};

const byWord = new Map(
  Object.entries(meanings).flatMap(([meaning, words]) => words.map(word => [word, meaning as StatusMeaning] as const)),
);

/** Relays pass the words of whatever they relay to on as they are, in any case: the new-api task docs list only a few. */
export function parseStatus(word: string | null): StatusMeaning | null {
  if (word === null) return null;
  const folded = word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return byWord.get(folded) ?? (/_(failed|error)$/.test(folded) ? 'failed' : null);
}
