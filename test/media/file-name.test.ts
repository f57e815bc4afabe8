import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../source/errors.ts';
import { defaultTemplate } from '../../source/media/choices.ts';
import { fileName, numbered, type NameFacts } from '../../source/media/file-name.ts';
import { checkTemplate } from '../../source/media/template.ts';
import { hostileText } from '../helpers/arbitrary.ts';

const facts = (overrides: Partial<NameFacts> = {}): NameFacts => ({
  title: 'Weekend Morning',
  id: 'task_1',
  clip: 'clip-1',
  index: '1',
  source: 'ccapi/producer',
  action: 'music',
  date: '2026-11-21',
  ext: 'mp3',
  ...overrides,
});

describe('a file name', () => {
  it.each([
    [defaultTemplate, 'Weekend Morning [clip-1].mp3'],
    ['{date}/{title}', '2026-11-21/Weekend Morning.mp3'],
    ['{source} {index} {id}.{ext}', 'ccapi_producer 1 task_1.mp3'],
    ['{action} – {title}', 'music – Weekend Morning.mp3'],
  ])('is made from %s', (template, expected) => {
    expect(fileName(template, facts())).toBe(expected);
  });

  it.each([
    ['a/b\\c', 'a_b_c.mp3'],
    ['../../etc/passwd', '_.._etc_passwd.mp3'],
    ['.bashrc', 'bashrc.mp3'],
    ['-rf', 'rf.mp3'],
    ['CON', 'CON_.mp3'],
    ['what? "yes": <no>|*', 'what_ _yes_ _no_.mp3'],
    ['ends in dots...', 'ends in dots.mp3'],
    ['', 'untitled.mp3'],
    ['   ', 'untitled.mp3'],
  ])('is safe for the title %j', (title, expected) => {
    expect(fileName('{title}', facts({ title }))).toBe(expected);
  });

  it('loses the brackets around what nobody knows', () => {
    expect(fileName(defaultTemplate, facts({ clip: '' }))).toBe('Weekend Morning.mp3');
  });

  it('is cut between letters when it is too long for a file system', () => {
    const name = fileName('{title}', facts({ title: '👨‍👩‍👧‍👦'.repeat(40) }));
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
    expect(name.replace('.mp3', '').replaceAll('👨‍👩‍👧‍👦', '')).toBe('');
  });

  it('is a plain name for any title, whatever the template', () => {
    const template = fc.constantFrom(defaultTemplate, '{title}', '{title}.{ext}', '{clip} {title} {action}');
    fc.assert(
      fc.property(hostileText, hostileText, template, (title, clip, used) => {
        const name = fileName(used, facts({ title, clip }));
        expect(name).not.toMatch(/[\\/:*?"<>|\u0000-\u001f\u007f]|^[.-]|[. ]$/);
        expect(name).toMatch(/\.mp3$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
        expect(name.isWellFormed()).toBe(true);
      }),
    );
  });

  it('gets a number before its extension where its place is taken', () => {
    expect(numbered('Moon.mp3', 1)).toBe('Moon.mp3');
    expect(numbered('2026.11/Moon', 2)).toBe('2026.11/Moon (2)');
    expect(numbered('a/Moon [x].mp3', 3)).toBe('a/Moon [x] (3).mp3');
  });
});

describe('a template', () => {
  it.each(['{titel}', '{}', '{title} {Title}'])('with an unknown field is refused: %s', template => {
    expect(() => checkTemplate(template)).toThrow(UsageError);
    expect(() => checkTemplate(template)).toThrow('the fields are {title}');
  });

  it.each(['/tmp/{title}', '../{title}', '{title}/../../x', 'C:\\{title}', ' '])(
    'that leads out of the folder is refused: %s',
    template => {
      expect(() => checkTemplate(template)).toThrow(UsageError);
    },
  );

  it('may make folders', () => {
    expect(() => checkTemplate('{date}/{source}/{title}.{ext}')).not.toThrow();
  });
});
