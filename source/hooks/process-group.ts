import { spawn, spawnSync } from 'node:child_process';

/** Kills a program that was started as the leader of its own process group, with all that is in the group. Never throws. */
export function killGroup(pid: number, platform: NodeJS.Platform): void {
  if (platform === 'win32') {
    // There are no groups: the children are found by their parents. The program may end meanwhile, which is as well.
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

/** Whether a process group has members; on Windows, where there are none, it has not. */
export function groupLives(pid: number, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Starts a command in the system's shell, apart from our terminal, as the leader of a process group. May throw. */
export const spawnGroup = (command: string, env: Readonly<Record<string, string>>, platform: NodeJS.Platform) =>
  spawn(command, {
    env,
    shell: true,
    // On Windows this would open a window, and there are no groups.
    detached: platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
