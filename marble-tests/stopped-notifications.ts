import { config, type ObservableNotification } from 'rxjs';
import { onTestFinished } from 'vitest';

type StoppedNotification = ObservableNotification<unknown>;

/** Catches what is told to those who listen no longer until the test has finished; RxJS reports it in a task of its own. */
export function stoppedNotifications(): () => Promise<StoppedNotification[]> {
  const told: StoppedNotification[] = [];
  const before = config.onStoppedNotification;
  config.onStoppedNotification = (notification) => told.push(notification);
  onTestFinished(() => {
    config.onStoppedNotification = before;
  });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return told;
  };
}
