import { spawnSync } from 'node:child_process';

/** Whether pictures can be turned into PNG here. */
export const hasConverter = (): boolean => spawnSync('rsvg-convert', ['--version']).status === 0;

/** An SVG as PNG. Throws with what the converter says when it fails. */
export function writePng(svg: string, path: string): void {
  const { status, stderr } = spawnSync('rsvg-convert', ['--output', path], { input: svg, encoding: 'utf8' });
  if (status !== 0) throw new Error(`rsvg-convert could not write ${path}: ${stderr}`);
}
