type Listener = (...parameters: unknown[]) => void;

/**
 * The same stream, but whoever listens to it is told of a new size only after the microtasks that are due then. React
 * draws what follows from a new size in one of them; told before, Ink draws the frame for the old size once more, and a
 * smaller terminal without an alternate screen pushes the rows it has no room for among the lines of the shell.
 */
export function lateResize(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const late = new WeakMap<Listener, Listener>();
  const delayed = (listener: Listener): Listener => {
    const known = late.get(listener);
    if (known !== undefined) return known;
    const wrapped: Listener = (...parameters) => queueMicrotask(() => listener(...parameters));
    late.set(listener, wrapped);
    return wrapped;
  };
  const listening = new Set<string | symbol>(['on', 'addListener', 'once', 'off', 'removeListener']);
  return new Proxy(stream, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = (value as Listener).bind(target);
      if (!listening.has(name)) return method;
      return (event: string, listener: Listener) => method(event, event === 'resize' ? delayed(listener) : listener);
    },
  });
}
