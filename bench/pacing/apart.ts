import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { calibrate, type Calibration } from './calibration.ts';
import { measure, type Measured } from './measure.ts';
import { servers, type Server } from './server.ts';
import { traces, type Trace } from './traces.ts';

/** What is found out about a trace on one server. */
const studies = { measure, calibrate };
type Found = { readonly measure: Measured; readonly calibrate: Calibration };
type Study = keyof Found;

export type Pair = { readonly trace: Trace; readonly server: Server };
const pairs: readonly Pair[] = traces.flatMap(trace => servers.map(server => ({ trace, server })));

type Job = { readonly study: Study; readonly index: number };

/** A study of every trace on every server, on all processors. */
export async function studyAll<S extends Study>(study: S): Promise<readonly (Pair & Found[S])[]> {
  const left = [...pairs.entries()];
  const all: (Pair & Found[S])[] = [];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, pair] = next;
      all[index] = { ...pair, ...(await apart<Found[S]>({ study, index })) };
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return all;
}

/** Does a job in a thread of its own. */
const apart = <T>(job: Job): Promise<T> =>
  new Promise((resolve, reject) => {
    new Worker(import.meta.filename, { workerData: job }).once('message', resolve).once('error', reject);
  });

if (!isMainThread && parentPort !== null) {
  const { study, index } = workerData as Job;
  const pair = pairs[index];
  if (pair !== undefined) parentPort.postMessage(studies[study](pair.trace, pair.server));
}
