import { of, timer, map } from 'rxjs';
import { Intended } from '../intended.mjs';
import { isActorError, WorkerActor } from '../library.mjs';
import { ended, pause } from '../waits.mjs';

const tasks = {
  value: (n) => n,
  promise: async (n) => n,
  observable: (n) => of(0, n),
  slow: (n) => timer(1).pipe(map(() => n)),
  fails: () => {
    throw new Intended('by a task');
  },
  rejects: async () => {
    throw new Intended('by a task that was waited for');
  },
};

/** Workers run functions that were submitted, and some that were sent; results come, fail, or are cancelled. */
export async function workers({ account, system, ledger, random }) {
  const capacity = random.chance(0.3) ? random.int(1, 50) : undefined;
  const worker = new WorkerActor({ system, ...(capacity !== undefined && { mailbox: { capacity } }) }).start();
  // The task that it makes out of a submitted function is nothing of ours; its dead letter comes just before the error.
  let refusal;
  ledger.onRefusal(worker, (reason) => {
    refusal = reason;
  });
  const results = [];
  const size = random.int(1, 150);
  for (let n = 0; n < size; n++) {
    if (random.chance(0.1)) {
      const message = account.message();
      worker.send(
        Object.assign(
          () => {
            message.begin();
            message.done();
          },
          { message },
        ),
      );
    } else {
      results.push(submit(n));
    }
    if (random.chance(0.02)) await pause();
  }
  if (random.chance(0.7)) worker.close();
  else worker.kill('by the soak');
  await Promise.all(results);
  await ended(worker);

  async function submit(n) {
    const kind = random.pick(Object.keys(tasks));
    const message = account.message({ work: `submitted: ${kind}` });
    const result = worker.submit(tasks[kind], n);
    const cancels = random.chance(0.1);
    let reason;
    const settled = new Promise((resolve) => {
      result.subscribe({
        next: (value) => account.expect(value, n, 'the result of a task'),
        error: (error) => {
          reason = refusal;
          resolve(error);
        },
        complete: resolve,
      });
    });
    if (cancels) {
      if (random.chance(0.5)) await pause();
      result.cancel();
    }
    const error = await settled;
    if (isActorError(error, 'result-cancelled')) message.cancel();
    else if (isActorError(error, 'actor-closed') || isActorError(error, 'mailbox-full')) message.letter(reason);
    // What a task fails with is its submitter's: the worker has done it.
    else if (error === undefined || error instanceof Intended) message.done();
    else account.wrong(`a task failed with ${error}`);
  }
}
