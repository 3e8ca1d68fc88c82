import { WorkerActor } from 'rx-actors';

/** An actor that runs functions, and gives back their results. */
export async function worker(): Promise<void> {
  const worker = new WorkerActor();
  worker.start();
  const result = worker.submit(Math.pow, 2, 3);
  console.log(await result.result());
  worker.close();
  await worker.join();
}
