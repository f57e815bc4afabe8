import type { Simulator } from '../simulator/simulator.ts';

/** The vendors whose place it takes. */
export const demoProviders: readonly string[] = ['ccapi', 'xhuo'];

/** The environment in which the simulated API takes the place of two vendors. */
export const demoEnvironment = (simulator: Simulator): Readonly<Record<string, string>> => ({
  CCAPI_API_KEY: simulator.token,
  CCAPI_BASE_URL: simulator.fetchBaseUrl,
  XHUOAPI_API_KEY: simulator.token,
  XHUOAPI_BASE_URL: simulator.tasksBaseUrl,
});
