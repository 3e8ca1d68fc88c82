import { getExchange } from 'rx-actors';
import { Task } from './task.js';

/** Attached for a block: `using` detaches both tasks at its end, also when the block throws. */
export function usingBlock(): void {
  const exc = getExchange<string>('name');
  {
    using attached = exc.subscribe(new Task('task_a'), new Task('task_b'));
    exc.send('msg1');
    exc.send('msg2');
    console.log('attached in the block:', exc.subscriberCount);
  }
  console.log('attached after it:', exc.subscriberCount);
}
