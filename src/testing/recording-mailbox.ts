import { messageOf } from '../actor/envelope.js';
import { Mailbox } from '../actor/mailbox.js';

/** A mailbox that tells of every message that it takes, when it comes and not when it has its turn. */
export class RecordingMailbox<In> extends Mailbox<In> {
  readonly #record: (message: In) => void;

  constructor(record: (message: In) => void) {
    super(undefined);
    this.#record = record;
  }

  override push(entry: unknown): void {
    super.push(entry);
    this.#record(messageOf(entry) as In);
  }
}
