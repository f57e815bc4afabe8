// What is recorded: the demo as it is, and the same batch with one of its sources in trouble.
import { startSimulator } from '../../source/simulator/simulator.ts';
import { record, type Act, type Shot } from './recording.ts';

type Size = { readonly columns: number; readonly rows: number };

/** Milliseconds: by then every task of the demo has ended, and a poll has said so. */
export const demoEnd = 42_000;

/** The whole demo. */
export const recordDemo = (size: Size, acts: readonly Act[] = [], until = demoEnd): Promise<readonly Shot[]> =>
  record({ ...size, args: ['--demo', '-n', '2'], until, acts });

/** Milliseconds from the start: when one of two sources begins to fail, and when the picture of it is complete. */
const failsAt = 7000;
export const troubleEnd = 19_000;

/** The batch of the demo with each source on an API of its own, one of which breaks down. */
export async function recordTrouble(size: Size): Promise<readonly Shot[]> {
  const [well, unwell] = [await startSimulator(), await startSimulator()];
  const ids = well.ids.map(({ dialect, service, id }) => `${dialect === 'fetch' ? 'ccapi' : 'xhuo'}/${service}:${id}`);
  const breakDown = () => unwell.fault({ kind: 'reset-before-headers' });
  const shots = await record({
    ...size,
    args: [...ids, '-n', '2'],
    env: {
      CCAPI_API_KEY: well.token,
      CCAPI_BASE_URL: well.fetchBaseUrl,
      XHUOAPI_API_KEY: unwell.token,
      XHUOAPI_BASE_URL: unwell.tasksBaseUrl,
    },
    until: troubleEnd,
    acts: [{ at: failsAt, do: breakDown }],
  });
  await Promise.all([well.close(), unwell.close()]);
  return shots;
}
