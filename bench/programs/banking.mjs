// Banking: a teller orders fifty thousand transfers among a thousand accounts; an account waits for the other's answer before
// it goes on. The answer is the number of transfers, once no money has been lost.

import { deferred } from '../harness/deferred.mjs';
import { random } from '../harness/random.mjs';

const ACCOUNTS = 1_000;
const OPENING_BALANCE = 1_000_000;

export const things = 'transfers';
export const known = 50_000;
export const size = (share) => Math.round(50_000 * share);
export const title = () => 'banking';
export const answer = (transfers) => transfers;
export const operations = (transfers) => transfers;

/** From a lower to a higher account, so that no two wait for each other. */
function* transfersOf(count) {
  const pick = random(7);
  for (let made = 0; made < count; made++) {
    const from = pick(ACCOUNTS * 0.8);
    yield { from, to: from + 1 + pick(ACCOUNTS - from - 1), amount: 1 + pick(1_000) };
  }
}

function checked(completed, balances) {
  const total = balances.reduce((sum, balance) => sum + balance, 0);
  return total === ACCOUNTS * OPENING_BALANCE ? completed : `${total} in all accounts`;
}

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');
  const { firstValueFrom } = await import('rxjs');

  class Account extends Actor {
    balance = OPENING_BALANCE;

    receive(message) {
      return message.type === 'deposit' ? this.deposit(message) : this.transfer(message);
    }

    deposit({ amount }) {
      this.balance += amount;
      return [this.balance];
    }

    async transfer({ to, amount, teller }) {
      this.balance -= amount;
      await firstValueFrom(to.ask({ type: 'deposit', amount }));
      teller.send('completed');
    }
  }

  return async (transfers) => {
    const system = new ActorSystem();
    const accounts = Array.from({ length: ACCOUNTS }, () => new Account({ system }).start());
    let completed = 0;
    const teller = system.actor(() => (++completed === transfers ? [completed] : undefined));
    const all = firstValueFrom(teller);
    for (const { from, to, amount } of transfersOf(transfers))
      accounts[from].send({ type: 'transfer', to: accounts[to], amount, teller });
    return checked(
      await all,
      accounts.map(({ balance }) => balance),
    );
  };
}

export async function nact() {
  const { dispatch, query, spawn, start, stop } = await import('nact');

  const account = async (balance, { type, amount, to, teller }, { sender }) => {
    switch (type) {
      case 'retrieve':
        dispatch(sender, balance);
        return balance;
      case 'deposit':
        dispatch(sender, balance + amount);
        return balance + amount;
      case 'transfer':
        await query(to, { type: 'deposit', amount }, 60_000);
        dispatch(teller, 'completed');
        return balance - amount;
    }
  };

  return async (transfers) => {
    const system = start();
    const { promise, resolve } = deferred();
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) =>
      spawn(system, account, `account-${index}`, { initialState: OPENING_BALANCE }),
    );
    const teller = spawn(
      system,
      (completed) => {
        if (completed + 1 === transfers) resolve(transfers);
        return completed + 1;
      },
      'teller',
      { initialState: 0 },
    );
    for (const { from, to, amount } of transfersOf(transfers))
      dispatch(accounts[from], { type: 'transfer', to: accounts[to], amount, teller });

    const completed = await promise;
    const balances = await Promise.all(accounts.map((account) => query(account, { type: 'retrieve' }, 60_000)));
    stop(system);
    return checked(completed, balances);
  };
}

/** A transition cannot wait: what comes while the other account has not answered is put aside in the state. */
export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  const begin = (state, { to, amount, teller }, self) => {
    to.send({ type: 'deposit', amount, from: self });
    return { ...state, balance: state.balance - amount, teller };
  };
  const account = fromTransition(
    (state, event, { self }) => {
      const { balance, teller, aside } = state;
      if (event.type === 'deposited') {
        teller.send({ type: 'completed' });
        const next = { ...state, teller: undefined };
        const [first, ...rest] = aside;
        if (!first) return next;
        self.send(first);
        return { ...next, aside: rest };
      }
      if (teller) return { ...state, aside: [...aside, event] };
      if (event.type === 'transfer') return begin(state, event, self);
      event.from.send({ type: 'deposited' });
      return { ...state, balance: balance + event.amount };
    },
    { balance: OPENING_BALANCE, teller: undefined, aside: [] },
  );

  return async (transfers) => {
    const accounts = Array.from({ length: ACCOUNTS }, () => createActor(account).start());
    const teller = createActor(fromTransition((completed) => completed + 1, 0)).start();
    for (const { from, to, amount } of transfersOf(transfers))
      accounts[from].send({ type: 'transfer', to: accounts[to], amount, teller });
    return checked(
      teller.getSnapshot().context,
      accounts.map((account) => account.getSnapshot().context.balance),
    );
  };
}
