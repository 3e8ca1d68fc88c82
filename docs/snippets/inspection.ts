import { ActorSystem, resume, type InspectionEvent } from 'rx-actors';

const system = new ActorSystem();
const lines = system.exchange<string>('lines');
const parser = system.actor((text: string) => void JSON.parse(text), { name: 'parser', supervision: resume() });

function line(event: InspectionEvent): string | undefined {
  const message = 'message' in event ? String(event.message) : '';
  switch (event.type) {
    case 'attached':
      return `somebody is attached to ${event.exchange.name}`;
    case 'published':
      return `${event.exchange.name} hands on ${message}`;
    case 'started':
      return `${event.actor.name} begins with ${message}`;
    case 'processed':
      return `${event.actor.name} is done with ${message}`;
    case 'failed':
      return `${event.actor.name} fails with ${message}, and will ${event.directive}`;
    case 'closed':
      return `${event.actor.name} has ended: ${event.termination.kind}`;
    default:
      return undefined;
  }
}

const listening = system.events.subscribe((event) => {
  const text = line(event);
  if (text !== undefined) console.log(text);
});
lines.attach(parser);
lines.send('[1]');
lines.send('oops');
await system.close();
listening.unsubscribe();
// prints:
// somebody is attached to lines
// lines hands on [1]
// lines hands on oops
// parser begins with [1]
// parser is done with [1]
// parser begins with oops
// parser fails with oops, and will resume
// parser has ended: closed
