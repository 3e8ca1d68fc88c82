import { of, throwError } from 'rxjs';
import { MarbleAssertionError, marbles } from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';
import { failing } from './failing.js';

const lines = (...all: string[]): string => all.join('\n');

describe('a failure', () => {
  it('is drawn as marbles, which `expected` and `actual` hold too', () => {
    const error = failing(({ hot, expectObservable }) => expectObservable(hot('a-b|')).toBe('a--b|'));
    expect(error).toBeInstanceOf(MarbleAssertionError);
    expect(error).toMatchObject({ name: 'MarbleAssertionError', expected: 'a--b|', actual: 'a-b|' });
    expect(error.message).toBe(lines('expectObservable', 'Expected: "a--b|"', 'Received: "a-b|"'));
  });

  it('leads to the line that says what is expected', () => {
    const error = failing(({ hot, expectObservable }) => {
      expectObservable(hot('a')).toBe('b');
    });
    const place = error.stack!.split('\n').find((line) => line.includes('.test.ts'));
    const here = new Error().stack!.split('\n').find((line) => line.includes('.test.ts'))!;
    const lineOf = (text: string): number => Number(/:(\d+):\d+\)?$/.exec(text)![1]);
    expect(lineOf(here) - lineOf(place!)).toBe(3);
  });

  it('tells of all that is not met, and of how many there are', () => {
    const error = failing(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const work = cold('--x');
      const subscription = work.subscribe();
      hot('                     -----x').subscribe(() => subscription.unsubscribe());
      expectObservable(hot('    -a')).toBe('-a');
      expectObservable(hot('    -a')).toBe('-b');
      expectSubscriptions(work.subscriptions).toBe(['^-!', '-^-!']);
    });
    expect(error.message).toBe(
      lines(
        '2 of 3 expectations are not met.',
        '',
        'expectObservable',
        'Expected: "-b"',
        'Received: "-a"',
        '',
        'expectSubscriptions',
        'Expected: "^-!", "-^-!"',
        'Received: "^----!"',
      ),
    );
    expect(error).toMatchObject({ expected: '-b', actual: '-a' });
  });

  it('names whom it is of', () => {
    const error = failing(({ system, probe, send, expectObservable, expectMessages }) => {
      const sent = probe<string>();
      send(sent, '-a');
      const doubler = system.actor((m: string) => of(m + m), { name: 'doubler' });
      send(doubler, '-a');
      expectMessages(sent).toBe('a');
      expectObservable(doubler).toBe('-b', { b: 'bb' });
    });
    expect(error.message).toContain('expectMessages(probe-1)\nExpected: "a"\nReceived: "-a"');
    expect(error.message).toContain(
      'expectObservable(doubler)\nExpected: "-b"\nReceived: "-a"\n  b = \'bb\'\n  a = \'aa\'',
    );
  });

  it('says what letters stand for: those of the test for what it means by them, others for the rest', () => {
    const error = failing(({ hot, expectObservable }) => {
      const values = { x: { id: 1 }, y: { id: 2 }, z: { id: 3 } };
      expectObservable(hot('-x-y-z-z', values)).toBe('-a-b-b', { a: { id: 1 }, b: { id: 2 } });
    });
    expect(error.message).toBe(
      lines(
        'expectObservable',
        'Expected: "-a-b-b"',
        'Received: "-a-b-c-c"',
        '  a = { id: 1 }',
        '  b = { id: 2 }',
        '  c = { id: 3 }',
      ),
    );
  });

  it('has a letter that the test uses elsewhere stand for nothing else', () => {
    const error = failing(({ hot, expectObservable }) => {
      expectObservable(hot('-a-b')).toBe('-a-c', { a: 'b', c: 'a' });
    });
    expect(error.message).toBe(
      lines('expectObservable', 'Expected: "-a-c"', 'Received: "-c-a"', "  a = 'b'", "  c = 'a'"),
    );
  });

  it('keeps the letter that stands in the same place when several stand for the same', () => {
    const error = failing(({ hot, expectObservable }) => {
      expectObservable(hot('-x-x-x', { x: 1 })).toBe('-a-b--', { a: 1, b: 1 });
    });
    expect(error.message).toContain('Received: "-a-b-a"');
  });

  it('draws pauses as a run reads them, groups, and nothing at all', () => {
    const error = failing(({ cold, expectObservable }) => {
      expectObservable(cold('- 2s (ab)|')).toBe('- 1999ms (ab)|');
      expectObservable(cold('-')).toBe('a');
    });
    expect(error.message).toContain('Expected: "2000ms (ab)|"\nReceived: "2001ms (ab)|"');
    expect(error.message).toContain('Expected: "a"\nReceived: "-"');
  });

  it('says what has failed with what', () => {
    const [one, other] = [new Error('one'), new Error('other')];
    const error = failing(({ expectObservable }) => {
      expectObservable(throwError(() => one)).toBe('#', {}, other);
      expectObservable(throwError(() => one)).toBe('|');
      expectObservable(of()).toBe('#', {}, one);
    });
    expect(error.message).toBe(
      lines(
        '3 of 3 expectations are not met.',
        '',
        'expectObservable',
        'Expected: "#"',
        'Received: "#"',
        '  # = [Error: one], expected [Error: other]',
        '',
        'expectObservable',
        'Expected: "|"',
        'Received: "#"',
        '  # = [Error: one]',
        '',
        'expectObservable',
        'Expected: "#"',
        'Received: "|"',
      ),
    );
  });

  it('draws Observables among the values as marbles of their own', () => {
    const error = failing(({ cold, expectObservable }) => {
      expectObservable(of(cold('--a-b|', { b: 7 }))).toBe('(x|)', { x: cold('--a|') });
    });
    expect(error.message).toBe(
      lines(
        'expectObservable',
        'Expected: "(x|)"',
        'Received: "(a|)"',
        '  x = "--a|"',
        '  a = "--a-b|", a = undefined, b = 7',
      ),
    );
  });

  it('lists frames on request', () => {
    const error = failing(({ hot, expectObservable }) => expectObservable(hot('a-b|')).toBe('--'), { frames: true });
    expect(error.message).toBe(
      lines(
        'expectObservable',
        'Expected: "-"',
        'Received: "a-b|"',
        'Frames expected: none',
        'Frames received:',
        "  0: 'a'",
        "  2: 'b'",
        '  3: |',
      ),
    );
  });

  it('lists the frames of subscriptions on request', () => {
    const error = failing(
      ({ cold, expectSubscriptions }) => {
        const work = cold('|');
        work.subscribe();
        expectSubscriptions(work.subscriptions).toBe('^');
      },
      { frames: true },
    );
    expect(error.message).toContain('Frames expected:\n  0 to Infinity\nFrames received:\n  0 to 0');
  });

  it('lists them unasked where the marbles do not tell', () => {
    const error = failing(({ hot, scheduler, probe, expectMessages }) => {
      const sent = probe<string>();
      scheduler.schedule(() => sent.send('a'), 1.25);
      hot('-').subscribe();
      expectMessages(sent).toBe('-a');
    });
    expect(error.message).toContain("Frames expected:\n  1: 'a'\nFrames received:\n  1.25: 'a'");
  });

  it('keeps what the comparison threw', () => {
    const cause = new Error('not equal');
    const error = failing(({ hot, expectObservable }) => expectObservable(hot('a')).toBe('b'), {
      assertDeepEqual: (actual, expected) => {
        if (JSON.stringify(actual) !== JSON.stringify(expected)) throw cause;
      },
    });
    expect(error.cause).toBe(cause);
  });

  it('comes from a comparison that returns false as well, without a cause', () => {
    const assertDeepEqual = (actual: unknown, expected: unknown): boolean =>
      JSON.stringify(actual) === JSON.stringify(expected);
    const error = failing(({ hot, expectObservable }) => expectObservable(hot('a')).toBe('b'), { assertDeepEqual });
    expect(error.message).toContain('Received: "a"');
    expect('cause' in error).toBe(false);
    marbles(({ hot, expectObservable }) => expectObservable(hot('a')).toBe('a'), { assertDeepEqual })();
  });

  it('lets matchers of the test library stand among the values', () => {
    const options = { assertDeepEqual: (actual: unknown, expected: unknown) => expect(actual).toEqual(expected) };
    const test = (body: Parameters<typeof marbles>[0]) => marbles(body, options);
    test(({ hot, expectObservable }) => {
      expectObservable(hot('-a', { a: { id: 7, at: 1 } })).toBe('-x', {
        x: expect.objectContaining({ id: 7 }) as unknown,
      });
    })();
    const error = failing(({ hot, expectObservable }) => {
      const values = { a: { id: 7, at: 1 }, b: 1 };
      expectObservable(hot('-ab', values)).toBe('-xx', { x: expect.objectContaining({ id: 7 }) as unknown });
    }, options);
    expect(error.message).toContain('Received: "-xa"');
  });
});
