// The process around the thread that has the tests: starts vitest, and passes on what plugin and thread tell each other.
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { createVitest } from 'vitest/node';

const channel = new BroadcastChannel('mutation');
channel.onmessage = ({ data }) => process.send(data);
process.on('message', (message) => channel.postMessage(message));
process.on('disconnect', () => process.exit());

const vitest = await createVitest('test', { config: join(process.cwd(), 'scripts/mutation/vitest.config.mjs') });
await vitest.start();
// The thread leaves the tests only when it cannot load them.
const errors = [...vitest.state.getFiles().flatMap((file) => file.result?.errors ?? []), ...vitest.state.errorsSet];
process.send({ kind: 'broken', message: errors.map(({ message }) => message).join('\n') }, () => process.exit());
