import { afterEach, describe, expect, it, vi } from 'vitest';

/** The module, as it is where `Symbol` has what it is given. */
async function disposeWhere(symbol: unknown): Promise<{ dispose: symbol; asyncDispose: symbol }> {
  vi.resetModules();
  vi.stubGlobal('Symbol', symbol);
  return import('../../src/internal/dispose.js');
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the symbols of `using`', () => {
  it('are those of the platform', async () => {
    expect(await disposeWhere(Symbol)).toMatchObject({ dispose: Symbol.dispose, asyncDispose: Symbol.asyncDispose });
  });

  it('are made up where there are none, the same for all who do so', async () => {
    const platform = Symbol;
    const missing: unknown[] = ['dispose', 'asyncDispose'];
    const older = new Proxy(() => undefined, {
      get: (_, key) => (missing.includes(key) ? undefined : Reflect.get(platform, key)),
    });
    const { dispose, asyncDispose } = await disposeWhere(older);
    vi.unstubAllGlobals();
    expect([dispose, asyncDispose]).toEqual([Symbol.for('Symbol.dispose'), Symbol.for('Symbol.asyncDispose')]);
  });
});
