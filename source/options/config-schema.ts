import * as z from 'zod';
import { providerNames, type ProviderName } from '../api/providers.ts';
import { fileKinds } from '../media/choices.ts';
import { columnIds } from '../screen/columns.ts';
import { clipboardChoices, notifyChoices } from '../terminal/choices.ts';
import { longestTimer, parseDuration } from '../text/duration.ts';

const duration = z
  .union([z.string(), z.number()])
  .transform(value => parseDuration(String(value)))
  .refine(value => value !== null && value >= 1000 && value <= longestTimer, {
    error: 'a duration such as "5s" or "1m", at least 1s and at most 24d',
  });

const provider = z.strictObject({
  baseUrl: z.string().optional(),
  token: z.string().min(1).optional(),
});

const byProvider = Object.fromEntries(providerNames.map(name => [name, provider.optional()] as const)) as Record<
  ProviderName,
  z.ZodOptional<typeof provider>
>;

export const configSchema = z.strictObject({
  providers: z.strictObject(byProvider).optional(),
  interval: duration.optional(),
  columns: z
    .array(z.enum(columnIds as [string, ...string[]]))
    .nonempty()
    // A column named twice is one column.
    .transform(names => [...new Set(names)])
    .optional(),
  keys: z.record(z.string(), z.array(z.string()).nonempty()).optional(),
  download: z
    .strictObject({
      folder: z.string().min(1).optional(),
      what: z.array(z.enum(fileKinds)).nonempty().optional(),
      name: z.string().optional(),
    })
    .optional(),
  player: z.string().optional(),
  clipboard: z.enum(clipboardChoices).optional(),
  notify: z.enum(notifyChoices).optional(),
});

/** What `config.json` may say; see the README. */
export type Config = z.output<typeof configSchema>;
