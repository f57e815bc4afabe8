const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds, almost 25 days: the longest that setTimeout can wait. A timer set for longer fires at once. */
export const longestTimer = 2 ** 31 - 1;

/** Parses `5`, `5s`, `1.5m`, `1h30m` (a bare number is seconds) into milliseconds; null for any other text. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return finite(Number(trimmed) * 1000);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) return null;
  let total = 0;
  for (const [, amount = '', unit = ''] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (units[unit] ?? 0);
  }
  return finite(total);
}

const finite = (milliseconds: number): number | null => (Number.isFinite(milliseconds) ? milliseconds : null);

/** Formats milliseconds as a clock: `0:48`, `12:05`, `1:02:03`, and `2d 3h` from two days on. Less than 0 is `0:00`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds >= 2 * 86_400) {
    return `${Math.floor(seconds / 86_400)}d ${Math.floor((seconds % 86_400) / 3600)}h`;
  }
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Formats milliseconds in the form `parseDuration` reads: `500ms`, `5s`, `1m30s`, `2h`; at most two units. */
export function formatInterval(milliseconds: number): string {
  if (Math.round(milliseconds) < 1000) return `${Math.round(milliseconds)}ms`;
  if (milliseconds < 10_000 && milliseconds % 1000 !== 0) return `${Number((milliseconds / 1000).toFixed(1))}s`;
  let rest = Math.round(milliseconds / 1000);
  const parts: string[] = [];
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount}${unit}`);
  }
  return parts.slice(0, 2).join('') || '0s';
}

/** The local time of day, such as `20:01:07`, of milliseconds since 1970. */
export function formatTime(epoch: number): string {
  const date = new Date(epoch);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, '0')).join(':');
}

/** The local date and time, such as `2026-11-21 20:01:07`, of milliseconds since 1970. */
export function formatMoment(epoch: number): string {
  const date = new Date(epoch);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0'));
  return `${day.join('-')} ${formatTime(epoch)}`;
}
