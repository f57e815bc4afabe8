import { UsageError } from '../errors.ts';
import type { Options } from '../options/options.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { demoEnvironment } from './demo-environment.ts';
import { ownCommand } from './own-command.ts';

/** The ids of the demo batch as a person would type them. */
const demoIds = (ids: Simulator['ids']): readonly string[] =>
  ids.map(({ dialect, service, id }) => `${dialect === 'fetch' ? 'ccapi' : 'xhuo'}/${service}:${id}`);

type Demo = {
  readonly environment: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly close: () => Promise<void>;
};

/** The simulated API in this process, and what to watch there: the tasks that are not found by themselves. */
export async function startDemo(): Promise<Demo> {
  const simulator = await startSimulator();
  return {
    environment: demoEnvironment(simulator),
    ids: demoIds(simulator.ids.filter(({ found }) => found !== true)),
    close: simulator.close,
  };
}

/**
 * Runs the simulated API alone, prints how to watch it, and stays until it is interrupted. With `faults` its songs are on
 * media hosts with every fault.
 */
export async function serveDemo({ port = 0, faults }: Pick<Options, 'port' | 'faults'>): Promise<void> {
  const scenario = faults ? (await import('../simulator/faulty-batch.ts')).faultyScenario : undefined;
  const simulator = await startSimulator({ port, scenario }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--port ${port}: ${code === 'EADDRINUSE' ? 'it is taken; without --port a free one is found' : `cannot listen there (${code ?? 'unknown'})`}`,
    );
  });
  const settings = Object.entries(demoEnvironment(simulator)).map(([name, value]) => `export ${name}=${value}`);
  const command = ownCommand();
  const lines = [
    `# The simulated API listens at ${simulator.origin} until ctrl-c. Its tasks:`,
    ...simulator.ids.map(
      ({ dialect, service, id, summary }) => `# ${dialect === 'fetch' ? 'ccapi' : 'xhuo'}/${service}:${id}  ${summary}`,
    ),
    ...(faults ? ['# What became of the slow one is known after some minutes, for it is tried again.'] : []),
    '# Each starts when it is first asked about. In another terminal, in this folder:',
    ...settings,
    // A line for each id: one of a thousand characters is hard to select. The command comes last: what somebody pastes
    // behind it would be typed into it.
    [faults ? `${command} --download songs` : command, ...demoIds(simulator.ids)].join(' \\\n  '),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
  const signal = await promise;
  await simulator.close();
  process.exitCode = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal as 'SIGINT'];
}
