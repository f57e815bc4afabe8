import { describe, expect, it } from 'vitest';
import { createTestUser, type TestUser } from '../helpers/test-user.ts';
import { task } from '../helpers/tasks.ts';

const id = (index: number) => `task_${String(index).padStart(8, '0')}`;
const uuid = '1a6ac2ad-0000-4000-8000-000000000001';
const keys = 'Enter add  Esc cancel';
const typed = (user: TestUser) => user.state().prompt?.line.text ?? null;
const level = (user: TestUser) => user.state().prompt?.note?.level ?? null;

/** Somebody with the prompt open. */
function adding() {
  const user = createTestUser([task({ id: id(0) })]);
  user.press('a');
  return user;
}

describe('the prompt for ids', () => {
  it('says what Enter and Esc do', () => {
    expect(adding().message()).toBe(keys);
  });

  it('offers Enter before something is typed, and then only where there is an id', () => {
    const user = adding();
    const said = (text: string) => {
      user.type(text);
      return user.message();
    };
    expect([said('hello '), said(id(1))]).toEqual(['Esc cancel', `1 id for ccapi · no id in "hello" · ${keys}`]);
    user.press('ctrl-u');
    expect(user.message()).toBe(keys);
  });

  it('says of a paste how many ids it has for which source, and what was unreadable', () => {
    const user = createTestUser([task({ id: id(0) })]);
    user.paste(`${id(1)}\n${id(2)}\n${uuid}\nhello world`);
    expect(user.message()).toBe(`2 ids for ccapi, 1 for xhuo · no id in "hello world" · ${keys}`);
    user.press('ctrl-u');
    user.paste(`${id(0)} ${id(1)}`);
    expect(user.message()).toBe(`1 id for ccapi · 1 already on the list · ${keys}`);
    user.press('ctrl-u');
    user.paste('one\ntwo\nthree');
    expect([user.message(), level(user)]).toEqual(['no id in 3 lines: "one", "two", "three" · Esc cancel', 'warning']);
  });

  it('says what stands unread beside ids in one line, and how many such parts there are', () => {
    const user = createTestUser([]);
    user.paste(`${id(1)} tsk_2, ${uuid}; "task_cut…"`);
    expect(user.message()).toBe(`1 id for ccapi, 1 for xhuo · no id in 2 parts: "tsk_2", "task_cut…" · ${keys}`);
    expect(level(user)).toBe('warning');
    user.press('ctrl-u');
    user.paste(`look at ${id(1)} and then at\nmy ${id(2)}`);
    expect(user.message()).toBe(`2 ids for ccapi · no id in 6 parts, such as "look" · ${keys}`);
    user.press('enter');
    expect([typed(user), user.flash()]).toEqual([null, 'added 2']);
  });

  it('says so while typing of what cannot become an id any more, and of the end of the line with Enter', () => {
    const user = adding();
    user.type(`${id(1)} tsk_2`);
    expect(user.message()).toBe(`1 id for ccapi · ${keys}`);
    user.type(' tas');
    expect(user.message()).toBe(`1 id for ccapi · no id in "tsk_2" · ${keys}`);
    user.press('enter');
    expect(typed(user)).toBe('tas');
    expect(user.message()).toMatch(/^added 1 · no task id in "tas"/);
  });

  it('says which source there is not, takes no other for it, and keeps its ids', () => {
    const user = adding();
    user.type(`nope:${id(1)} ${id(2)} nope/suno:${uuid}`);
    const why = 'there is no provider named nope: they are ccapi, newapi, xhuo, acedata';
    expect([user.message(), level(user)]).toEqual([`1 id for ccapi · ${why} · ${keys}`, 'error']);
    user.press('enter');
    expect(user.state().tasks.map(task => task.id)).toEqual([id(0), id(2)]);
    expect(typed(user)).toBe(`nope:${id(1)} nope/suno:${uuid}`);
    expect(user.message()).toBe(`added 1 · ${why}`);
    user.press('ctrl-u');
    user.type(`suno:${uuid}`);
    expect(user.message()).toContain('a service stands behind its provider, as in xhuo/suno:ID');
  });

  it('says it also where a message stood before', () => {
    const user = createTestUser([task({ id: id(0) })]);
    user.press('b');
    user.paste(id(1));
    expect(user.message()).toBe(`1 id for ccapi · ${keys}`);
  });

  it('complains of nothing that may still become an id', () => {
    const user = adding();
    user.type('tas');
    expect([user.message(), level(user)]).toEqual(['Esc cancel', 'hint']);
    user.type('k_00000001');
    expect(user.message()).toBe(`1 id for ccapi · ${keys}`);
  });

  it('says at once that there is nothing to ask a source with', () => {
    const user = adding();
    user.type('newapi:task_00000001');
    expect(user.message()).toMatch(/^newapi has no token: .* · Enter add {2}Esc cancel$/);
    expect(level(user)).toBe('error');
  });

  it('keeps a wrong line, with what is wrong about it, until it is mended', () => {
    const user = adding();
    user.type('task-00000001');
    user.press('enter');
    expect([typed(user), level(user)]).toEqual(['task-00000001', 'error']);
    expect(user.message()).toMatch(/^no task id in "task-00000001"/);
    user.press('home', 'right', 'right', 'right', 'right', 'delete');
    expect(user.message()).toBe('Esc cancel');
    user.type('_');
    user.press('enter');
    expect([typed(user), user.flash()]).toEqual([null, 'added 1']);
  });

  it('adds what can be added, and keeps the ids that cannot', () => {
    const user = adding();
    user.type(`${id(1)} newapi:${id(2)} newapi/suno:${id(3)}`);
    user.press('enter');
    expect(user.state().tasks).toHaveLength(2);
    expect(typed(user)).toBe(`newapi:${id(2)} newapi/suno:${id(3)}`);
    expect(user.message()).toMatch(/^added 1 · newapi has no token/);
  });

  it('closes when the ids of a paste are added, whatever stood around them', () => {
    const user = createTestUser([]);
    user.paste(`HTTP/1.1 200 OK\n${id(1)}`);
    user.press('enter');
    expect(typed(user)).toBeNull();
    expect(user.flash()).toMatch(/^added 1 · no task id in "HTTP/);
  });

  it('is closed by Esc, whatever it says', () => {
    const user = adding();
    user.type('nonsense');
    user.press('enter', 'escape');
    expect([typed(user), user.message()]).toEqual([null, null]);
  });
});
