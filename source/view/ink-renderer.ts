import type { DOMElement } from 'ink';
import squashTextNodes from '../../node_modules/ink/build/squash-text-nodes.js';
import wrapText from '../../node_modules/ink/build/wrap-text.js';
import lineWidth from '../text/width.ts';

/** What Ink's own renderer returns: the screen, its height in lines, and what stays above it (never anything here). */
type Rendered = { readonly output: string; readonly outputHeight: number; readonly staticOutput: '' };

/** The facts that a line was made from, in the order in which they are met, and the line. */
type Drawn = { readonly facts: readonly unknown[]; readonly width: number; readonly lines: readonly string[] };

const drawn = new WeakMap<DOMElement, Drawn>();

/**
 * What the bundle takes for Ink's renderer. Ink draws every frame anew into a grid with an object for each cell: 4,800
 * of them, and all lines taken apart into characters, to change one. Here the screen is lines below each other, and a
 * line whose text, styles and width are those of the last frame is the string of the last frame.
 *
 * Knows boxes in columns, their `height` and their margins above and below, and texts. Throws Error for a box that wants
 * more, so that the first drawing shows it.
 */
function renderLines(root: DOMElement): Rendered {
  const lines: string[] = [];
  // Ink takes its layout node away from a tree that is being unmounted.
  if (root.yogaNode !== undefined) addChildren(root, root.yogaNode.getComputedWidth(), lines);
  return { output: lines.join('\n'), outputHeight: lines.length, staticOutput: '' };
}

export { renderLines as default };

function addChildren(parent: DOMElement, width: number, lines: string[]): void {
  for (const child of parent.childNodes) {
    if (child.nodeName === '#text') continue;
    if (child.nodeName === 'ink-text') lines.push(...textLines(child, width));
    else addBox(child, width, lines);
  }
}

/** Every style that Ink gives a box by itself, and the three that are understood here. */
const known = new Set([
  ...['flexWrap', 'flexGrow', 'flexShrink', 'overflowX', 'overflowY', 'backgroundColor'],
  ...['flexDirection', 'height', 'marginTop', 'marginBottom'],
]);

function addBox(box: DOMElement, width: number, lines: string[]): void {
  const { style } = box;
  const strange = Object.keys(style).find(key => !known.has(key));
  if (strange !== undefined) throw new Error(`the screen's renderer knows no ${strange} of a box`);
  if (style.flexDirection !== 'column') throw new Error("the screen's renderer knows boxes in columns only");
  addBlank(lines, style.marginTop ?? 0);
  const top = lines.length;
  addChildren(box, width, lines);
  if (typeof style.height === 'number') {
    lines.length = Math.min(lines.length, top + style.height);
    addBlank(lines, top + style.height - lines.length);
  }
  addBlank(lines, style.marginBottom ?? 0);
}

function addBlank(lines: string[], count: number): void {
  for (let line = 0; line < count; line++) lines.push('');
}

function textLines(node: DOMElement, width: number): readonly string[] {
  const before = drawn.get(node);
  if (before?.width === width && sameFacts(node, before.facts)) return before.lines;
  const facts: unknown[] = [];
  collectFacts(node, facts);
  const lines = drawText(node, width);
  drawn.set(node, { facts, width, lines });
  return lines;
}

function drawText(node: DOMElement, width: number): readonly string[] {
  const text = squashTextNodes(node);
  if (text === '') return [];
  const transform = node.internal_transform;
  const tooWide = text.split('\n').some(line => lineWidth(line) > width);
  return (tooWide ? wrapText(text, width, node.style.textWrap ?? 'wrap') : text)
    .split('\n')
    .map((line, index) => (transform === undefined ? line : transform(line, index)).trimEnd());
}

function collectFacts(node: DOMElement, facts: unknown[]): void {
  facts.push(node.internal_transform, node.isHidden, node.style.textWrap, node.childNodes.length);
  for (const child of node.childNodes) {
    if (child.nodeName === '#text') facts.push(child.nodeValue);
    else collectFacts(child, facts);
  }
}

/** Compares without making anything: in most frames all lines but one are as they were. */
function sameFacts(node: DOMElement, facts: readonly unknown[]): boolean {
  return factsEnd(node, facts, 0) === facts.length;
}

/** The place behind the facts of a node, or -1 when one of them is another. */
function factsEnd(node: DOMElement, facts: readonly unknown[], from: number): number {
  if (
    facts[from] !== node.internal_transform ||
    facts[from + 1] !== node.isHidden ||
    facts[from + 2] !== node.style.textWrap ||
    facts[from + 3] !== node.childNodes.length
  ) {
    return -1;
  }
  let at = from + 4;
  for (const child of node.childNodes) {
    if (child.nodeName === '#text') at = facts[at] === child.nodeValue ? at + 1 : -1;
    else at = factsEnd(child, facts, at);
    if (at === -1) return -1;
  }
  return at;
}
