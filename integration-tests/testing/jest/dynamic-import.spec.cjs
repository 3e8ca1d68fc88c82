// CommonJS cannot require() an ES module under jest before Node 24.9; import() is there, with the same flag.
describe('a CommonJS test', () => {
  test('imports what it needs', async () => {
    const { of } = await import('rxjs');
    const { marbles } = await import('rx-actors/testing');
    const assertDeepEqual = (actual, expected) => expect(actual).toEqual(expected);
    const run = marbles(
      ({ send, system, expectObservable }) => {
        const till = system.actor((article) => of({ article }));
        send(till, '                -a|');
        expectObservable(till).toBe('-a|', { a: { article: expect.any(String) } });
      },
      { assertDeepEqual },
    );
    run();
  });
});
