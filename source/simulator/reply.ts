/** What the API says, before anything goes wrong on the way. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const reply = (status: number, type: string, body: string): Reply => ({
  status,
  headers: { 'content-type': type },
  body: Buffer.from(body),
});

export const json = (status: number, value: unknown): Reply =>
  reply(status, 'application/json; charset=utf-8', JSON.stringify(value));

/** JSON under the wrong name, as gin sends it once it has given up on a request body. */
export const jsonAsText = (status: number, value: unknown): Reply =>
  reply(status, 'text/plain; charset=utf-8', JSON.stringify(value));

/** The page of the dashboard: what a relay answers with, status 200, wherever it has no route. */
export const dashboard = (): Reply =>
  reply(
    200,
    'text/html; charset=utf-8',
    '<!doctype html><html lang="en"><head><meta charset="UTF-8"/><title>Console</title></head>' +
      '<body><div id="root"></div></body></html>',
  );

/** The value of a request body, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
