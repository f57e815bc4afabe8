/** Every way out, once. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 4,
  open: 8,
  SIGHUP: 129,
  SIGINT: 130,
  SIGQUIT: 131,
  SIGTERM: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
