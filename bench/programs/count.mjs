// Counting: one actor that is told to count, and asked in the end how far it came.

export const things = 'messages';
export const known = 1_000_000;
export const size = (share) => Math.round(1e6 * share);
export const title = () => 'count';
export const answer = (increments) => increments;
export const operations = (increments) => increments + 1;

const count = (total, message) => (message === 'increment' ? total + 1 : total);

export async function ours() {
  const { ActorSystem } = await import('../ours.mjs');
  const { firstValueFrom } = await import('rxjs');

  return (increments) => {
    const counter = new ActorSystem().statefulActor(count, 0);
    for (let sent = 0; sent < increments; sent++) counter.send('increment');
    return firstValueFrom(counter.ask('retrieve'));
  };
}

export async function nact() {
  const { dispatch, query, spawn, start, stop } = await import('nact');

  return async (increments) => {
    const system = start();
    const counter = spawn(
      system,
      (total, message, { sender }) => {
        if (message === 'retrieve') dispatch(sender, total);
        return count(total, message);
      },
      'counter',
      { initialState: 0 },
    );
    for (let sent = 0; sent < increments; sent++) dispatch(counter, 'increment');
    const total = await query(counter, 'retrieve', 60_000);
    stop(system);
    return total;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  return async (increments) => {
    const counter = createActor(fromTransition((total, { type }) => count(total, type), 0)).start();
    for (let sent = 0; sent < increments; sent++) counter.send({ type: 'increment' });
    return counter.getSnapshot().context;
  };
}
