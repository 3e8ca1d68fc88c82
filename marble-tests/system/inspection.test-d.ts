import type { Observable } from 'rxjs';
import {
  ActorSystem,
  type ActorSnapshot,
  type ActorStatus,
  type ActorSystemOptions,
  type AnyActor,
  type CloseOptions,
  type DeadLetterReason,
  type Exchange,
  type ExchangeOptions,
  type ExchangeSnapshot,
  type InspectionEvent,
  type ProcessedEvent,
  type Recipient,
  type SystemMetrics,
  type SystemSnapshot,
  type Termination,
} from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

const system = new ActorSystem();

describe('ActorSystem.events', () => {
  it('is a read-only feed', () => {
    expectTypeOf(system.events).toEqualTypeOf<Observable<InspectionEvent>>();
    // @ts-expect-error -- an Observable has no next
    system.events.next;
    // @ts-expect-error -- nobody else can take its place
    system.events = system.events;
  });

  it('is a closed union of types, each with its time', () => {
    expectTypeOf<InspectionEvent['type']>().toEqualTypeOf<
      | 'spawned'
      | 'sent'
      | 'started'
      | 'processed'
      | 'failed'
      | 'restarted'
      | 'closed'
      | 'dead-letter'
      | 'attached'
      | 'detached'
      | 'published'
      | 'completed'
    >();
    expectTypeOf<InspectionEvent['time']>().toBeNumber();
  });

  it('is told apart by its type, exhaustively', () => {
    const subject = (event: InspectionEvent): AnyActor | Exchange<unknown> | Recipient<never> => {
      switch (event.type) {
        case 'spawned':
          expectTypeOf(event.parent).toEqualTypeOf<AnyActor | undefined>();
          return event.actor;
        case 'sent':
        case 'started':
          expectTypeOf(event.message).toBeUnknown();
          return event.actor;
        case 'processed':
          expectTypeOf(event).toExtend<ProcessedEvent>();
          expectTypeOf(event.duration).toBeNumber();
          return event.actor;
        case 'failed':
          expectTypeOf(event.error).toBeUnknown();
          expectTypeOf(event.directive).toEqualTypeOf<'stop' | 'resume' | 'restart'>();
          return event.actor;
        case 'restarted':
          return event.actor;
        case 'closed':
          expectTypeOf(event.termination).toEqualTypeOf<Termination>();
          return event.actor;
        case 'dead-letter':
          expectTypeOf(event.reason).toEqualTypeOf<DeadLetterReason>();
          return event.recipient;
        case 'attached':
        case 'detached':
          expectTypeOf(event.recipient).toBeUnknown();
          return event.exchange;
        case 'published':
        case 'completed':
          return event.exchange;
      }
      expectTypeOf(event).toBeNever();
    };
    expectTypeOf(subject).returns.toEqualTypeOf<AnyActor | Exchange<unknown> | Recipient<never>>();
  });

  it('has on each event only what that type of event has', () => {
    system.events.subscribe((event) => {
      // @ts-expect-error -- only some have a message
      event.message;
      // @ts-expect-error -- only that of 'processed' has a duration
      if (event.type === 'started') event.duration;
      // @ts-expect-error -- no such type
      if (event.type === 'stashed') return;
      // @ts-expect-error -- it is what everybody else is told, too
      event.time = 0;
    });
  });
});

describe('ActorSystem.metrics$', () => {
  it('has numbers, and one for every reason of a dead letter', () => {
    expectTypeOf(system.metrics$).toEqualTypeOf<Observable<SystemMetrics>>();
    expectTypeOf<SystemMetrics['deadLetters']>().toEqualTypeOf<Readonly<Record<DeadLetterReason, number>>>();
    expectTypeOf<Omit<SystemMetrics, 'deadLetters'>>().toExtend<Readonly<Record<string, number>>>();
    system.metrics$.subscribe((metrics) => {
      // @ts-expect-error -- it is read-only
      metrics.sent = 0;
    });
  });
});

describe('ActorSystem.snapshot', () => {
  it('has read-only lists of plain values', () => {
    const snapshot = system.snapshot();
    expectTypeOf(snapshot).toEqualTypeOf<SystemSnapshot>();
    expectTypeOf(snapshot.actors).toEqualTypeOf<readonly ActorSnapshot[]>();
    expectTypeOf(snapshot.exchanges).toEqualTypeOf<readonly ExchangeSnapshot[]>();
    expectTypeOf<ActorSnapshot>().toEqualTypeOf<{
      readonly name: string;
      readonly status: ActorStatus;
      readonly pending: number;
      readonly stashed: number;
      readonly parent: string | undefined;
      readonly children: number;
    }>();
    expectTypeOf<ExchangeSnapshot>().toEqualTypeOf<{ readonly name: string; readonly subscriberCount: number }>();
    // @ts-expect-error -- it is read-only
    snapshot.actors.pop();
  });
});

describe('ActorSystem.close', () => {
  it('says how it went only when it may have had to kill', () => {
    expectTypeOf(system.close()).toEqualTypeOf<Promise<void>>();
    expectTypeOf(system.close({ timeout: 5 })).toEqualTypeOf<Promise<'closed' | 'killed'>>();
    expectTypeOf<CloseOptions>().toEqualTypeOf<{ readonly timeout: number }>();
    // @ts-expect-error -- options without a timeout say nothing
    system.close({});
    // @ts-expect-error -- a number of milliseconds
    system.close({ timeout: '5s' });
  });
});

describe('the options against leaks', () => {
  it('are a number and a function that is given a text', () => {
    expectTypeOf<ActorSystemOptions['maxSubscribers']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<ExchangeOptions<string>['maxSubscribers']>().toEqualTypeOf<number | undefined>();
    new ActorSystem({ warn: (message) => expectTypeOf(message).toBeString(), maxSubscribers: Infinity });
    system.exchange<string>('news', { maxSubscribers: 5 });
    // @ts-expect-error -- a number
    system.exchange<string>('news', { maxSubscribers: '5' });
  });
});
