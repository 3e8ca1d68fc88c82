import { AskTimeoutError, askWith, displayMarbles, resume } from 'rx-actors';
import { concatMap, delay, of, throwError } from 'rxjs';
import { aNumber, instanceOf, marbles } from './marbles.js';

/** A valve takes 2 ms to move; it cannot be opened beyond 100 %. */
const move = (percent) =>
  percent > 100
    ? throwError(() => new RangeError(`${percent} %`))
    : of(percent).pipe(
        delay(2),
        concatMap((position) => of({ position, force: Math.random() })),
      );

const percents = { a: 0, b: 50, c: 100, x: 200 };

describe('a valve', () => {
  it(
    'moves to one position after another',
    marbles(({ send, system, expectObservable }) => {
      const valve = system.actor(move);
      send(valve, '                -bc---|', percents);
      expectObservable(valve).toBe('---b-c|', {
        b: { position: 50, force: aNumber },
        c: { position: 100, force: aNumber },
      });
    }),
  );

  it(
    'stops its motor when it is killed',
    marbles(({ cold, hot, send, system, expectSubscriptions, expectTerminated, expectDeadLetters }) => {
      const motor = cold('-----|');
      const valve = system.actor(() => motor);
      send(valve, '                               -bc-', percents);
      hot('                                       ----k').subscribe(() => valve.kill());
      expectSubscriptions(motor.subscriptions).toBe('-^--!');
      expectTerminated(valve).toBe('              ----k');
      expectDeadLetters(valve).toBe('             ----(bc)', percents);
    }),
  );

  it(
    'survives what it cannot do',
    marbles(({ send, system, expectFailures, expectObservable }) => {
      const valve = system.actor(move, { name: 'valve', supervision: resume() });
      send(valve, '                -x-a', percents);
      expectFailures(valve).toBe(' -x', { x: { actor: 'valve', error: instanceOf(RangeError), message: 200 } });
      expectObservable(valve).toBe('-----a', { a: { position: 0, force: aNumber } });
    }),
  );

  it(
    'leaves nothing behind once it is closed',
    marbles(
      ({ send, system, expectTerminated }) => {
        const wishes = system.exchange('wishes');
        const valve = system.actor(move);
        wishes.attach(valve);
        send(wishes, '                  -a-b', percents);
        send(valve, '                   -----|');
        expectTerminated(valve).toBe('  -----c');
      },
      { mayRemain: 'nothing' },
    ),
  );
});

describe('a thermostat', () => {
  it(
    'knows the warmest that it has seen',
    marbles(({ send, system, expectState }) => {
      const warmest = system.statefulActor((state, degrees) => Math.max(state, degrees), 15);
      send(warmest, '            -a-b-c|', { a: 18, b: 21, c: 20 });
      expectState(warmest).toBe('sa-b-b|', { s: 15, a: 18, b: 21 });
    }),
  );

  it(
    'copes with a sensor that replies, ignores and fails',
    marbles(({ hot, probe, expectMessages, expectObservable }) => {
      const sensor = probe((room) => of(`${room}: 20 degrees`));
      const unplugged = new Error('unplugged');
      hot('--i').subscribe(() => sensor.ignore());
      hot('------f').subscribe(() => sensor.failWith(unplugged));
      const degrees = (rooms) => hot(rooms).pipe(askWith(sensor, { timeout: 2 }));
      expectObservable(degrees('-a')).toBe('      -d', { d: 'a: 20 degrees' });
      expectObservable(degrees('---b')).toBe('    -----#', {}, instanceOf(AskTimeoutError));
      expectObservable(degrees('-------c')).toBe('-------#', {}, unplugged);
      expectMessages(sensor).toBe('               -a-b---c');
    }),
  );
});

describe('a recorded day', () => {
  let recorder;

  it(
    'is recorded',
    marbles(({ send, system }) => {
      const wishes = system.exchange('wishes');
      recorder = displayMarbles(wishes);
      send(wishes, '-a- 480m (bc)--a|', percents);
    }),
  );

  it(
    'happens again, also when it was kept as JSON',
    marbles(({ send, system, expectObservable }) => {
      const wishes = system.exchange('wishes');
      send(wishes, JSON.parse(JSON.stringify(recorder)));
      expectObservable(wishes).toBe(recorder);
      expectObservable(wishes).toBe('-a- 480m (bc)--a|', percents);
    }),
  );
});
