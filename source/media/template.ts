import { UsageError } from '../errors.ts';
import { templateFields } from './choices.ts';

/** A field of a template in its braces; the first group is its name. */
export const templateField = /\{([^{}]*)\}/g;

/** Throws UsageError for a template with an unknown field, or one that leads out of the folder. `place` names it. */
export function checkTemplate(template: string, place = '--download-name'): void {
  const names: readonly string[] = templateFields;
  const unknown = [...template.matchAll(templateField)]
    .map(([, name = '']) => name)
    .find(name => !names.includes(name));
  if (unknown !== undefined) {
    const known = templateFields.map(name => `{${name}}`).join(' ');
    throw new UsageError(`${place}: there is no field {${unknown}}: the fields are ${known}`);
  }
  if (template.trim() === '') throw new UsageError(`${place}: the template is empty`);
  if (/^[\\/]|^[a-z]:/i.test(template) || template.split(/[\\/]/).some(part => part === '..' || part === '.')) {
    throw new UsageError(`${place}: a template stays inside the download folder`);
  }
}
