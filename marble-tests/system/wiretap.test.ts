import { map, take } from 'rxjs';
import { ActorSystem, defaultSystem, displayMarbles, Exchange, wiretap, type Wiretapped } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { CORE } from '../../src/internal/hosted.js';
import { deadLetters, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const shown = map(({ exchange, message, time }: Wiretapped) => `${exchange} ${String(message)} at ${time}`);

describe('wiretap', () => {
  it(
    'hears every exchange with its name and the time, also those that are made later',
    marbles(({ hot, system, expectObservable }) => {
      const news = hot('    -a--c---');
      const prices = hot('  ---b----');
      const expected = '    -a-bc---';
      const values = named('a: news a at 1', 'b: prices b at 3', 'c: news c at 4');
      expectObservable(wiretap(system).pipe(shown)).toBe(expected, values);
      news.subscribe((m) => system.exchange<string>('news').send(m));
      prices.subscribe((m) => system.exchange<string>('prices').send(m));
    }),
  );

  it(
    'hears exchanges that were given no name, and those that are not found by theirs',
    marbles(({ hot, system, expectObservable }) => {
      const expected = '-(ab)';
      const unnamed = new Exchange<string>({ system });
      const named = new Exchange<string>({ system, name: 'private' });
      expectObservable(wiretap(system)).toBe(expected, {
        a: { exchange: unnamed.name, message: 'x', time: 1 },
        b: { exchange: 'private', message: 'x', time: 1 },
      });
      hot('             -x   ').subscribe((m) => [unnamed, named].forEach((exchange) => exchange.send(m)));
    }),
  );

  it(
    'gives messages as they are',
    marbles(({ hot, system, expectObservable }) => {
      const message = { price: 12 };
      const exchange = system.exchange<unknown>('prices');
      expectObservable(wiretap(system).pipe(map((heard) => heard.message === message))).toBe('-(tf)', {
        t: true,
        f: false,
      });
      hot('                                                                                   -x   ').subscribe(() => {
        exchange.send(message);
        exchange.send({ ...message });
      });
    }),
  );

  it(
    'never completes, and hears nothing where nobody talks',
    marbles(({ system, expectObservable }) => {
      system.exchange('silent').complete();
      expectObservable(wiretap(system)).toBe('-');
    }),
  );

  it(
    'is hot: hears what is sent while it is subscribed, and not what is replayed to others',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a-b-c-d-');
      const early = '      ^---!    ';
      const late = '       ----^----';
      const heard1 = '     -a-b-----';
      const heard2 = '     -----c-d-';
      const exchange = system.exchange<string>('news', { replay: 9 });
      const messages = wiretap(system).pipe(map(({ message }) => message));
      expectObservable(messages, early).toBe(heard1);
      expectObservable(messages, late).toBe(heard2);
      sent.subscribe((m) => exchange.send(m));
      hot('                ------x--').subscribe(() => exchange.subscribe());
    }),
  );

  it(
    'O5 hears the order in which exchanges hand messages on, also when they are sent while another is handed on',
    marbles(({ hot, system, expectObservable }) => {
      const expected = ' -(abcd)';
      const [news, echo] = [system.exchange<string>('news'), system.exchange<string>('echo')];
      expectObservable(wiretap(system).pipe(shown)).toBe(
        expected,
        named('a: news x at 1', 'b: echo x! at 1', 'c: news y at 1', 'd: echo y! at 1'),
      );
      news.subscribe((m) => {
        // Waits until everybody has got x.
        if (m === 'x') news.send('y');
        echo.send(`${m}!`);
      });
      hot('              -x     ').subscribe((m) => news.send(m));
    }),
  );

  it(
    'X6 hears a message that one exchange passes to another once from each',
    marbles(({ hot, system, expectObservable }) => {
      const expected = ' -(abcd)';
      const [source, left, right, sink] = ['source', 'left', 'right', 'sink'].map((name) =>
        system.exchange<string>(name),
      );
      source.subscribe(left, right);
      left.subscribe(sink);
      right.subscribe(sink);
      // And round again.
      sink.attach(source);
      expectObservable(wiretap(system).pipe(map(({ exchange }) => exchange))).toBe(expected, {
        a: 'source',
        b: 'left',
        c: 'sink',
        d: 'right',
      });
      hot('              -x     ').subscribe((m) => source.send(m));
    }),
  );

  it(
    'X7 hears what nobody takes, without taking it: it is no subscriber',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -x-');
      const heard = '     -x-';
      const lost = '      -x-';
      const counts = '    0--';
      const exchange = system.exchange<string>('news');
      const letters = deadLetters(system);
      expectObservable(wiretap(system).pipe(map(({ message }) => message))).toBe(heard);
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
      sent.subscribe((m) => exchange.send(m));
      expectObservable(letters).toBe(lost, { x: 'x unrouted' });
    }),
  );

  it(
    'X1 does not hear what is sent to an ended exchange',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a-b-c-');
      const end = hot('   --x----');
      const heard = '     -a-----';
      const lost = '      ---b-c-';
      const exchange = system.exchange<string>('news');
      const letters = deadLetters(system);
      exchange.attach({ send: () => undefined });
      expectObservable(wiretap(system).pipe(map(({ message }) => message))).toBe(heard);
      sent.subscribe((m) => exchange.send(m));
      end.subscribe(() => exchange.complete());
      expectObservable(letters).toBe(lost, named('b: b closed', 'c: c closed'));
    }),
  );

  it(
    'does not hear actors, nor other systems',
    marbles(({ hot, system, expectObservable }) => {
      const other = new ActorSystem();
      const worker = system.actor((m: string) => [m]);
      expectObservable(wiretap(system)).toBe('---');
      hot('                                   -x-').subscribe((m) => {
        worker.send(m);
        other.exchange<string>('news').send(m);
      });
    }),
  );

  it('listens in on the default system unless told where', () => {
    const heard: unknown[] = [];
    const subscription = wiretap().subscribe(({ message }) => heard.push(message));
    defaultSystem.exchange<string>('wiretapped by default').send('x');
    subscription.unsubscribe();
    defaultSystem.exchange<string>('wiretapped by default').send('y');
    expect(heard).toEqual(['x']);
  });

  it('costs nothing while nobody is subscribed', () => {
    const system = new ActorSystem();
    const looks: boolean[] = [];
    const look = (): unknown => looks.push(system[CORE].inspect === undefined);
    const heard = wiretap(system);
    look();
    const subscription = heard.subscribe();
    const other = heard.pipe(take(1)).subscribe();
    look();
    subscription.unsubscribe();
    look();
    system.exchange('news').send('x');
    look();
    expect(looks).toEqual([true, false, false, true]);
    expect(other.closed).toBe(true);
  });

  it(
    'F5 harms no exchange when a subscriber throws, which is reported',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -a-b-');
      const got = '       -a-b-';
      const errors = '    -a-b-';
      const unhandled = unhandledErrors();
      const read = probe<string>();
      const exchange = system.exchange<string>('news');
      exchange.attach(read);
      wiretap(system).subscribe(({ message }) => {
        throw message;
      });
      sent.subscribe((m) => exchange.send(m));
      expectMessages(read).toBe(got);
      expectObservable(recorded(unhandled)).toBe(errors);
    }),
  );

  it('hears a backlog of 10,000 that is sent while one message is handed on', () => {
    const system = new ActorSystem();
    const exchange = system.exchange<number>('numbers');
    const heard: unknown[] = [];
    wiretap(system).subscribe(({ message }) => heard.push(message));
    exchange.subscribe((n) => {
      if (n === 0) for (let each = 1; each <= 10_000; each++) exchange.send(each);
    });
    exchange.send(0);
    expect(heard).toEqual(Array.from({ length: 10_001 }, (_, n) => n));
  });

  it(
    'is recorded by displayMarbles',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('  -a--b-');
      const stop = hot('  -----x');
      const read = probe<string>();
      const recorder = displayMarbles(wiretap(system).pipe(map(({ message }) => message)));
      recorder.add(() => read.send(recorder.text));
      sent.subscribe((m) => system.exchange<string>('news').send(m));
      stop.subscribe(() => recorder.stop());
      expectMessages(read).toBe('-----x', { x: '-a--b' });
    }),
  );

  it.each([
    [3, '`3` (number)'],
    [null, '`null`'],
    [{}, 'an object'],
  ])('refuses %o as a system', (system: any, got) => {
    expect(() => wiretap(system)).toThrow(new TypeError(`Expected \`system\` to be an ActorSystem, got ${got}.`));
  });
});
