import { Actor } from 'rx-actors';

/** Fields belong to the behavior alone; methods say what can be sent. */
class Account extends Actor<number, string> {
  #balance = 0;

  deposit(cents: number): void {
    this.send(cents);
  }

  withdraw(cents: number): void {
    this.send(-cents);
  }

  protected override receive(cents: number): string[] {
    if (this.#balance + cents < 0) return ['refused'];
    this.#balance += cents;
    return [`balance ${this.#balance}`];
  }
}

const account = new Account().start();
account.subscribe((answer) => console.log(answer));
account.deposit(300);
account.withdraw(500);
account.withdraw(100);
// prints:
// balance 300
// refused
// balance 200
