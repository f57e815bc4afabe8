/** A reply of the API, before a fault is applied to it. */
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

/** A reply with a JSON body. */
export const json = (status: number, value: unknown): Reply =>
  reply(status, 'application/json; charset=utf-8', JSON.stringify(value));

/** A JSON body with the type text/plain, as the relay's framework (gin) sends it after a request body it cannot read. */
export const jsonAsText = (status: number, value: unknown): Reply =>
  reply(status, 'text/plain; charset=utf-8', JSON.stringify(value));

/** The page of the relay's dashboard. A relay answers with it, and status 200, where it has no route. */
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

/** Whether a JSON value is an object, not an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
