import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';

/** Connections for media: through the proxies that the environment names, or past them where `direct`. */
export function createDispatcher({ direct }: { readonly direct: boolean }): Dispatcher {
  const settings = { connections: 3, pipelining: 1, connect: { timeout: 10_000 } };
  return direct ? new Agent(settings) : new EnvHttpProxyAgent(settings);
}
