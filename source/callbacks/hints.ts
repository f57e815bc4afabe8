import { parseIds, type GivenId } from '../task/ids.ts';

/** Ids that are taken from one call: it is about one task, or a few. */
const maxIds = 20;

/**
 * The tasks that a vendor's call is about: the finished record, or its result with a `task_id`. Nothing else of it is read,
 * for anybody who knows the address can have sent it. `source` is what stands behind the secret: `xhuo/suno`.
 */
export function readHints(
  body: string,
  [provider = '', service = null]: readonly (string | null)[],
  providers: readonly string[],
): readonly GivenId[] {
  // Only JSON: in a text any word could be an id.
  if (!/^\s*[[{]/.test(body)) return [];
  const { found } = parseIds(body, []);
  const isNamed = provider !== null && providers.includes(provider);
  return found
    .slice(0, maxIds)
    .map(({ id }) => ({ id, provider: isNamed ? provider : null, service: isNamed ? service : null }));
}
