import type { SourceName } from './task.ts';

/**
 * Why an API may not know an id that it has never answered for, one line. `apart`: this vendor keeps the tasks of each
 * service apart, so that it may be another service's. `final`: a task that was just submitted would be there by now.
 */
export function unknownIdWords(source: SourceName, how: { readonly apart: boolean; readonly final: boolean }): string {
  const { apart, final } = how;
  if (!apart) return `the API does not know this id${final ? ', or it belongs to another key' : ' so far'}`;
  const [provider = '', service = ''] = source.split('/');
  const ways: Readonly<Record<string, string>> = {
    producer: `a Suno id is added as ${provider}/suno:ID`,
    suno: `a Producer id is added as ${provider}/producer:ID`,
  };
  const way = ways[service] ?? `an id of another service is added as ${provider}/SERVICE:ID`;
  return final
    ? `not found at ${service}: ${way}, or it belongs to another key`
    : `not found at ${service} so far: ${way}`;
}
