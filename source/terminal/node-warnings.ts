import { getCACertificates } from 'node:tls';

/**
 * Node prints its warnings wherever the cursor happens to be; while there is a screen they go to `tell` instead. Returns
 * what gives them back.
 */
export function redirectWarnings(tell: (text: string) => void, env = process.env): () => void {
  // A bad certificate file is complained about by native code, with the first connection: better now, before the screen.
  if ((env.NODE_EXTRA_CA_CERTS ?? '') !== '') getCACertificates('extra');
  const printers = process.listeners('warning');
  const onWarning = (warning: Error) => tell(`${warning.name}: ${warning.message}`);
  process.removeAllListeners('warning');
  process.on('warning', onWarning);
  return () => {
    process.off('warning', onWarning);
    for (const printer of printers) process.on('warning', printer);
  };
}
