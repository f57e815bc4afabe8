/**
 * Sends Node's process warnings to `tell`, because Node would print them into the screen, at the cursor. Returns a
 * function that restores Node's own listeners.
 */
export function redirectWarnings(tell: (text: string) => void, env = process.env): () => void {
  // Native code prints a warning about a bad NODE_EXTRA_CA_CERTS when the file is first read, at the first connection.
  // Reading it now has it printed before there is a screen.
  if ((env.NODE_EXTRA_CA_CERTS ?? '') !== '') process.getBuiltinModule('node:tls').getCACertificates('extra');
  const printers = process.listeners('warning');
  const onWarning = (warning: Error) => tell(`${warning.name}: ${warning.message}`);
  process.removeAllListeners('warning');
  process.on('warning', onWarning);
  return () => {
    process.off('warning', onWarning);
    for (const printer of printers) process.on('warning', printer);
  };
}
