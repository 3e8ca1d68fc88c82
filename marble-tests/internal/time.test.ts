import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asapScheduler, asyncScheduler, map, of, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { Actor, actor, restart } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

const source = (folder: string) => fileURLToPath(new URL(`../../src/${folder}`, import.meta.url));
const files = ['actor', 'contract', 'errors', 'exchange', 'internal', 'operators', 'system'].flatMap((folder) =>
  readdirSync(source(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);
/** The code alone: what comments and examples say does not run. */
const codeOf = (file: string) =>
  readFileSync(source(file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');
const testScheduler = () => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

describe('time in the core', () => {
  it('T1 has sources to look at', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)('T1.2 touches no clock and no timer of its own in %s', (file) => {
    expect(codeOf(file)).not.toMatch(
      /\b(setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|performance|MessageChannel|nextTick)\b/,
    );
    expect(codeOf(file)).not.toMatch(/\bDate\s*\.\s*now\b|\bnew Date\s*\(\s*\)/);
  });
});

describe('the default system', () => {
  it('T1.1 is virtual under TestScheduler.run, timeouts and backoff included', () => {
    testScheduler().run(({ cold, hot, expectObservable }) => {
      const slow = actor((m: string) => cold('--m|', { m }));
      const failing = actor(
        (m: string) => {
          if (m === 'x') throw new Error('bad');
          return of(m);
        },
        { supervision: restart({ backoff: { min: 5_000, max: 5_000 } }) },
      );
      hot('                                      -ab----').subscribe((m) => slow.send(m));
      hot('                                      xa').subscribe((m) => failing.send(m));
      expectObservable(slow).toBe('              ---a--b');
      expectObservable(slow.ask('c', { timeout: 2 }), '---^').toBe('-----#', undefined, expect.anything());
      expectObservable(failing).toBe('           5s a');
    });
  });

  it('T1 is as real as before after a run, and as virtual as before in the next', async () => {
    const echo = actor((m: string) => of(m));
    const real: string[] = [];
    echo.subscribe((m) => real.push(m));
    echo.send('a');
    await Promise.resolve();
    testScheduler().run(({ hot, expectObservable }) => {
      hot('                     -b').subscribe((m) => echo.send(m));
      expectObservable(echo).toBe('-b');
    });
    echo.send('c');
    await Promise.resolve();
    testScheduler().run(({ hot, expectObservable }) => {
      hot('                     --d').subscribe((m) => echo.send(m));
      expectObservable(echo).toBe('--d');
    });
    expect(real).toEqual(['a', 'b', 'c', 'd']);
    await echo[Symbol.asyncDispose]();
  });

  it('T1.3 leaves Promises and recv() to real time, and loses none of them at the end of a virtual run', async () => {
    const log: string[] = [];
    const seen: number[] = [];
    const replies = actor(async (m: string) => m);
    replies.subscribe((m) => log.push(`replied ${m}`));
    class Loop extends Actor<string> {
      protected override async run() {
        for (;;) log.push(`received ${await this.recv()}`);
      }
    }
    const loop = new Loop().start();
    testScheduler().run(({ hot }) => {
      hot('-a---').subscribe((m) => {
        replies.send(m);
        loop.send(m);
      });
      hot('----x').subscribe(() => seen.push(log.length));
    });
    expect([seen, log]).toEqual([[0], []]);
    await Promise.all([replies, loop].map((each) => each[Symbol.asyncDispose]()));
    expect(log.sort()).toEqual(['received a', 'replied a']);
  });

  it('T2 is alive after a body that threw with an action pending, and so is the next test', async () => {
    const echo = actor((m: string) => of(m));
    const outputs: string[] = [];
    echo.subscribe((m) => outputs.push(m));
    const body = marbles(({ system }) => {
      asapScheduler.schedule(() => undefined);
      system.actor(() => undefined).send('a');
      echo.send('a');
      throw new Error('the body');
    });
    expect(body).toThrow('the body');
    marbles(({ hot, system, expectObservable }) => {
      const other = system.actor((m: string) => of(m));
      hot('                      -a').subscribe((m) => other.send(m));
      expectObservable(other).toBe('-a');
    })();
    echo.send('b');
    await echo[Symbol.asyncDispose]();
    expect(outputs).toEqual(['a', 'b']);
  });

  it('T2 is alive after a run that was broken off in the middle of a busy time', async () => {
    const echo = actor((n: number) => of(n));
    const body = marbles(() => {
      // So many bursts that it watches the event loop, and then nothing more of this run is run.
      timer(0, 1).subscribe((n) => echo.send(n));
      asyncScheduler.schedule(() => {
        throw new Error('the run');
      }, 50);
    });
    expect(body).toThrow('the run');
    const outputs: number[] = [];
    echo.pipe(map((n) => -n)).subscribe((n) => outputs.push(n));
    // As many messages as it takes to use up a slice of time, one burst each.
    for (let n = 1; n <= 100; n++) {
      echo.send(n);
      await Promise.resolve();
    }
    echo.close();
    await echo.join();
    expect(outputs).toHaveLength(100);
  });
});
