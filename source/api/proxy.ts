import { UsageError } from '../errors.ts';

const variables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Refuses a proxy that cannot be used before anything is asked. The value is not repeated: it may hold a password.
 * Throws UsageError, naming the variable.
 */
export function checkProxies(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of variables) {
    const value = env[name] ?? '';
    if (value !== '' && !isProxy(value)) {
      throw new UsageError(`${name} is not the address of a proxy, such as http://proxy.example.com:3128`);
    }
  }
}

function isProxy(value: string): boolean {
  const url = /\s/.test(value) ? null : URL.parse(value);
  if (url === null || !/^(?:https?|socks5?):$/.test(url.protocol) || url.hostname === '') return false;
  try {
    decodeURIComponent(url.username + url.password);
    return true;
  } catch {
    return false;
  }
}
