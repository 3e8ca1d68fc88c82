import { getExchange } from 'rx-actors';
import { Task } from './task.js';

/** An exchange hands every message on to the tasks that are attached at the time. */
export function exchange(): void {
  const taskA = new Task('task_a');
  const taskB = new Task('task_b');
  const exc = getExchange<string>('name');

  exc.attach(taskA);
  exc.attach(taskB);
  exc.send('msg1');

  exc.detach(taskA);
  exc.send('msg2');

  exc.detach(taskB);
  console.log('attached:', exc.subscriberCount);
}
