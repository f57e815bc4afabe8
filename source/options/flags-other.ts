import { oneOf, shells, type Flag } from './flag.ts';

/** The flags for files, and those that only print something. */
export const otherFlags: readonly Flag[] = [
  { name: 'config', value: 'PATH', group: 'Other', completes: 'file', help: 'the config file to read' },
  {
    name: 'log-file',
    value: 'PATH',
    group: 'Other',
    completes: 'file',
    setting: 'logFile',
    example: '~/cliptop.log',
    help: 'write what happens to a file',
  },
  { name: 'demo', group: 'Other', help: 'watch a simulated batch: no account, no network' },
  { name: 'serve-demo', group: 'Other', help: 'run only the simulated API' },
  { name: 'faults', group: 'Other', help: 'with --serve-demo: songs on media hosts with every fault' },
  { name: 'port', value: 'N', group: 'Other', help: 'with --serve-demo: where it listens' },
  { name: 'info', group: 'Other', help: 'what cliptop found: terminal, files, sources' },
  {
    name: 'completion',
    value: 'SHELL',
    group: 'Other',
    choices: shells,
    help: `print what completes this command line in ${oneOf(shells)}`,
  },
  { name: 'config-example', group: 'Other', help: 'print a config file with every setting, explained' },
  { name: 'config-schema', group: 'Other', help: 'print the JSON Schema of the config file' },
  { name: 'json-schema', group: 'Other', help: 'print the JSON Schema of the lines of --json' },
  { name: 'version', short: 'V', group: 'Other', help: 'print the version' },
  { name: 'help', short: 'h', group: 'Other', help: 'print this help' },
];
