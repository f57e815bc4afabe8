// Writes the tables and the plot of docs/pacing.md anew: node bench/pacing/main.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { replaceBlock } from '../../scripts/docs.ts';
import { studyAll } from './apart.ts';
import { calibrationTable } from './calibration.ts';
import { plotOf } from './plot.ts';
import { pacingTable } from './rows.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const page = join(docs, 'pacing.md');
const rows = await studyAll('measure');
const withRows = replaceBlock(readFileSync(page, 'utf8'), 'pacing', pacingTable(rows));
const text = replaceBlock(withRows, 'estimates', calibrationTable(await studyAll('calibrate')));
writeFileSync(page, await format(text, { parser: 'markdown', printWidth: 120 }));
writeFileSync(join(docs, 'pacing.svg'), plotOf(rows));
