/** The last major version of Node that was tried: V8 refuses to start with a setting that it no longer knows. */
const lastTried = 26;

/**
 * Settings of V8 for a program that is left running, measured in docs/decisions.md: new objects are given no more room than at
 * the start, the heap at most doubles after the first 24 MB before it is collected, and the optimizing compilers, which keep
 * memory of their own, are left out. Sizes are megabytes. None for a newer Node.
 */
export const v8Flags: readonly string[] =
  parseInt(process.versions.node) > lastTried
    ? []
    : [
        '--semi-space-growth-factor=1',
        '--max-semi-space-size=16',
        '--initial-heap-size=24',
        '--optimize-for-size',
        '--heap-growing-percent=100',
        '--no-opt',
        '--no-maglev',
      ];

/** One store of free memory for all threads of the process, instead of one that each keeps: a variable of the C library. */
export const arenas = { name: 'MALLOC_ARENA_MAX', value: '1' } as const;
