import { map, VirtualTimeScheduler } from 'rxjs';
import { ActorSystem, displayMarbles, resume, wiretap, type InspectionEvent } from 'rx-actors';

function describe(event: InspectionEvent): string | undefined {
  switch (event.type) {
    case 'spawned':
    case 'processed':
      return event.actor.name;
    case 'failed':
      return `${event.actor.name}, ${event.directive}`;
    case 'published':
      return `${event.exchange.name} ${String(event.message)}`;
    case 'closed':
      return event.termination.kind;
    default:
      return undefined;
  }
}

/** What a system tells of itself. */
export async function inspection(): Promise<void> {
  const system = new ActorSystem({ name: 'inspected' });
  const listening = system.events.subscribe((event) => {
    const text = describe(event);
    if (text !== undefined) console.log(`${event.type}:`, text);
  });
  const tapped = wiretap(system).pipe(map(({ exchange, message }) => `${exchange} ${String(message)}`));
  tapped.subscribe((line) => console.log('tapped:', line));

  const lines = system.exchange<string>('lines');
  const parser = system.actor((text: string) => void JSON.parse(text), { name: 'parser', supervision: resume() });
  lines.attach(parser);
  lines.send('[1]');
  lines.send('oops');
  const { actors, exchanges, name } = system.snapshot();
  console.log(name, actors.map((each) => `${each.name} ${each.pending}`).join(), exchanges.length);
  console.log('closed:', await system.close({ timeout: 1_000 }));
  listening.unsubscribe();

  const scheduler = new VirtualTimeScheduler();
  const virtual = new ActorSystem({ scheduler });
  const orders = virtual.exchange<string>('orders');
  const recorder = displayMarbles(orders, { scheduler });
  scheduler.schedule(() => orders.send('book'), 3);
  scheduler.schedule(() => orders.send('pen'), 5);
  scheduler.schedule(() => orders.complete(), 9);
  scheduler.flush();
  console.log('marbles:', recorder.text, Object.values(recorder.values).join());
}
