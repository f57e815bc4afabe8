import { spawn as nodeSpawn } from 'node:child_process';

import type { Capabilities } from './capabilities.ts';
import { withEnvironment } from './child-process.ts';
import type { ClipboardChoice } from './choices.ts';
import { stripControls, osc52, wrapForScreen, wrapForTmux, type Write } from './osc.ts';
import { runWithInput, withTimeout, type ChildOutcome, type RunOptions, type Spawn } from './child-process.ts';
import type { Environment } from './terminal-name.ts';

/** Whether a text was copied, and how, in words that fit "copied 3 URLs with …". */
export type CopyResult =
  | { readonly ok: true; readonly how: string; /** What may still stand in the way. */ readonly note?: string }
  | { readonly ok: false; readonly reason: string };

type CopyOptions = {
  readonly method?: ClipboardChoice;
  readonly capabilities: Pick<Capabilities, 'tmuxServer' | 'multiplexer' | 'display' | 'ssh'>;
  /** Writes to the terminal. */
  readonly write: Write;
  readonly spawn?: Spawn;
  /** Copies with the programs of the desktop. */
  readonly native?: (text: string) => Promise<void>;
  /** What children inherit; see `childEnvironment`. */
  readonly env?: Environment;
  /** Milliseconds that one attempt may take. */
  readonly timeout?: number;
};

type Attempt = Required<Omit<CopyOptions, 'method' | 'spawn' | 'env' | 'timeout'>> & RunOptions;

/**
 * Bytes of base64. Longer OSC 52 sequences are cut off or dropped by some terminals; hterm, tmux and xterm take at
 * least this much.
 */
const maxPayload = 74_994;

/**
 * Copies a text to the clipboard of the desktop the user sits at, whether this program runs there, over SSH or in a
 * multiplexer. Never throws: what failed is in the result.
 */
export async function copyText(text: string, options: CopyOptions): Promise<CopyResult> {
  const {
    method = 'auto',
    spawn = nodeSpawn,
    native = clipboardyWrite,
    env = process.env,
    timeout = 2000,
    capabilities,
    write,
  } = options;
  if (text === '') return { ok: false, reason: 'there is nothing to copy' };
  const attempt: Attempt = { capabilities, write, spawn, native, env, timeout };
  if (method === 'tmux') return copyWithTmux(text, attempt);
  if (method === 'native') return copyNatively(text, attempt);
  if (method === 'osc52') return copyWithOsc52(text, attempt);
  return copyAuto(text, attempt);
}

async function copyAuto(text: string, attempt: Attempt): Promise<CopyResult> {
  const { tmuxServer, display, ssh } = attempt.capabilities;
  // Over SSH, the clipboard of this machine is not the user's, even where it can be written.
  const local = display.value && !ssh.value;
  const failures: string[] = [];
  if (tmuxServer.value) {
    // tmux passes the text on with OSC 52, which many desktop terminals ignore: so the desktop's clipboard is written too.
    const [tmux, desktop] = await Promise.all([
      copyWithTmux(text, attempt),
      local ? copyNatively(text, attempt) : undefined,
    ]);
    if (tmux.ok && desktop?.ok === true) return { ok: true, how: `${tmux.how} and ${desktop.how}` };
    if (tmux.ok) return tmux;
    if (desktop?.ok === true) return desktop;
    failures.push(tmux.reason, ...(desktop === undefined ? [] : [desktop.reason]));
  } else if (local) {
    const desktop = await copyNatively(text, attempt);
    if (desktop.ok) return desktop;
    failures.push(desktop.reason);
  }
  const sent = copyWithOsc52(text, attempt);
  return sent.ok ? sent : { ok: false, reason: [...failures, sent.reason].join('; ') };
}

async function copyWithTmux(text: string, attempt: Attempt): Promise<CopyResult> {
  const load = (...flags: string[]): Promise<ChildOutcome> =>
    runWithInput('tmux', ['load-buffer', ...flags, '-'], text, attempt);
  const outcome = await load('-w');
  if (outcome.ok) return { ok: true, how: 'tmux' };
  if (!/unknown option|invalid option|usage:/.test(outcome.reason)) return outcome;
  const older = await load();
  if (!older.ok) return older;
  return { ok: true, how: "tmux's paste buffer", note: 'tmux before 3.2 cannot reach the clipboard' };
}

async function copyNatively(text: string, { native, env, timeout }: Attempt): Promise<CopyResult> {
  const copied: Promise<CopyResult> = withEnvironment(env, () =>
    withTimeout<CopyResult>(
      native(text).then(() => ({ ok: true, how: 'the clipboard' })),
      timeout,
      { ok: false, reason: `the clipboard did not answer within ${timeout / 1000} s` },
    ),
  );
  return copied.catch((error: unknown) => ({
    ok: false,
    reason: stripControls((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''),
  }));
}

function copyWithOsc52(text: string, { capabilities, write }: Attempt): CopyResult {
  if (Math.ceil(Buffer.byteLength(text) / 3) * 4 > maxPayload) {
    return { ok: false, reason: 'too much text for OSC 52' };
  }
  const sequence = osc52(text);
  const multiplexer = capabilities.multiplexer.value;
  if (multiplexer === 'tmux') {
    // tmux takes the first with `set-clipboard on` and lets the second through with `allow-passthrough on`.
    write(sequence + wrapForTmux(sequence));
    return {
      ok: true,
      how: 'OSC 52',
      note: 'tmux passes it on only with "set -g set-clipboard on" or "set -g allow-passthrough on"',
    };
  }
  if (multiplexer === 'screen') {
    write(wrapForScreen(sequence));
    return { ok: true, how: 'OSC 52 through screen' };
  }
  write(sequence);
  return { ok: true, how: 'OSC 52' };
}

async function clipboardyWrite(text: string): Promise<void> {
  const { default: clipboard } = await import('clipboardy');
  await clipboard.write(text);
}
