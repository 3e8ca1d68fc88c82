/** Law O1, of one actor: what one sender has sent comes in the order sent, whatever others send in between. */
export class Order {
  #account;
  #last = new Map();

  constructor(account) {
    this.#account = account;
  }

  see({ sender, number }) {
    if ((this.#last.get(sender) ?? -1) >= number) this.#account.wrong(`message ${number} of a sender came too late`);
    this.#last.set(sender, number);
  }
}
