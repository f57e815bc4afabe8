import { keyOf, type Binding } from '../keymap.ts';
import type { Health } from '../poll/events.ts';
import type { SourceName } from '../task/task.ts';
import { formatTime } from '../text/duration.ts';
import { noticeOf } from './notices.ts';
import type { SourceState } from './state.ts';

/** `ccapi`, and `ccapi/suno` where the service is not the usual one. */
export const shortSource = (name: SourceName): string => name.replace(/\/producer$/, '');

type HealthOptions = {
  /** The keys there are to press: none without a screen. */
  readonly keymap?: readonly Binding[];
  /** Without what only the vendor's support wants to know. */
  readonly brief?: boolean;
  /** Whether every task of the source has ended, so that it will not be asked. */
  readonly ended?: boolean;
};

/** One source in words: `xhuo retrying at 20:01:15: 429 too many requests`. */
export const healthPhrase = (source: SourceState, options?: HealthOptions): string =>
  `${shortSource(source.name)} ${healthWords(source, options)}`;

/** The same without its name. */
export function healthWords(source: SourceState, { keymap, brief = false, ended = false }: HealthOptions = {}): string {
  const { health, latency } = source;
  const notice = noticeOf(source);
  const message = brief ? health.message : tracedMessage(health);
  const why = message === null ? '' : `: ${message}`;
  switch (health.state) {
    case 'new':
      return ended ? 'all ended' : 'not asked yet';
    case 'ok':
      return `ok${latency === null ? '' : ` ${latency}ms`}${notice === null ? '' : `: ${notice}`}`;
    case 'refused':
      if (keymap !== undefined && health.askable === false) return unaskableWords(source, keymap);
      return `refused${keymap === undefined ? '' : `, ${keyOf(keymap, 'refresh')} asks again`}${why}`;
    case 'offline':
    case 'retrying': {
      if (health.resting === true && health.retryAt !== null) {
        const once = keymap === undefined ? '' : `, ${keyOf(keymap, 'refresh')} asks once`;
        return `rests until ${formatTime(health.retryAt)}${once}${why}`;
      }
      const since = health.since === null ? '' : ` since ${formatTime(health.since)}`;
      const what = health.state === 'offline' ? `offline${since}, retrying` : 'retrying';
      return `${what}${health.retryAt === null ? '' : ` at ${formatTime(health.retryAt)}`}${why}`;
    }
  }
}

/** What is wrong, and what the vendor's support finds it by. */
export const tracedMessage = ({ message, trace }: Health): string | null =>
  message === null || trace === undefined ? message : `${message} (trace ${trace})`;

/** Without a token there is nothing to ask with until a person sets one: `has no token: press q, set …, start again`. */
function unaskableWords({ name, health }: SourceState, keymap: readonly Binding[]): string {
  const message = health.message ?? '';
  const [provider = ''] = name.split('/');
  const [, what, remedy] = new RegExp(`^${provider} (.*?): (.*)$`).exec(message) ?? [];
  return remedy === undefined
    ? `refused: ${message}`
    : `${what ?? ''}: press ${keyOf(keymap, 'quit')}, ${remedy}, start again`;
}
