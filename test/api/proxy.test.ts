import { expect, test } from 'vitest';
import { checkProxies } from '../../source/api/proxy.ts';

test.each(['http://proxy.example.com:3128', 'https://user:p%40ss@proxy.example.com', 'socks5://127.0.0.1:1080', ''])(
  'takes %j for a proxy',
  value => {
    expect(() => checkProxies({ HTTPS_PROXY: value, http_proxy: value })).not.toThrow();
  },
);

test.each([
  'foo',
  ' ',
  'socks5h://127.0.0.1:1',
  'http://',
  'http://user:s3cretpw@host:notaport',
  'http://user:s3cret%zz@host',
  'ftp://host',
])('refuses %j, naming the variable and not the value', value => {
  expect(() => checkProxies({ HTTPS_PROXY: value })).toThrow(/^HTTPS_PROXY is not the address of a proxy/);
  expect(() => checkProxies({ HTTPS_PROXY: value })).not.toThrow(/s3cret/);
});
