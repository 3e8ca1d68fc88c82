import { DisplayMessages, getExchange } from 'rx-actors';

/** A recipient that shows what goes through an exchange, for diagnosis. */
export function displayMessages(): void {
  const exc = getExchange<string>('name');
  const display = new DisplayMessages<string>();
  exc.attach(display);
  exc.send('msg1');
  exc.send('msg2');
  exc.detach(display);
}
