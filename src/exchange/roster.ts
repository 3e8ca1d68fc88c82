import { isRecipient } from '../contract/recipient.js';
import { otherOption } from '../internal/expect.js';
import type { Feed } from '../internal/feed.js';
import { isMortal, WATCH } from '../internal/mortal.js';
import { otherAttachOption, type AttachOptions } from './attach-options.js';
import type { BacklogHost } from './backlog.js';
import { Binding, LINK, RECIPIENT, SPECIAL, type BindingHost } from './binding.js';
import type { BindingList } from './binding-list.js';
import type { Taker } from './delivery.js';
import { Group } from './group.js';
import { isLink } from './link.js';
import { unsubscribeWith } from './subscribe-options.js';
import { Tailored, tailor } from './tailored.js';
import type { WhileSubscribed } from './while-subscribed.js';

/** Whose roster it is. */
export interface RosterHost extends BacklogHost {
  /** The exchange, as others know it. */
  readonly face: { readonly name: string };
  /** The number of the message that is on its way, 0 when none is. */
  readonly serving: number;
  /** One more is attached or subscribed; `joins` tells of one that shares what is sent with others who are there already. */
  bound(binding: Binding, joins: boolean): void;
  /** One is so no longer. */
  unbound(binding: Binding): void;
}

/** Who is attached to an exchange or subscribed to it, and how each gets its messages. */
export class Roster implements BindingHost {
  readonly list: BindingList;
  readonly #host: RosterHost;
  /** How many there are, the members of groups each for itself. */
  count = 0;
  /** Where the number is told, once somebody has asked for it. */
  counts: Feed<number> | undefined;
  /** What runs while there is anybody, once there is such a thing. */
  sources: WhileSubscribed | undefined;
  /**
   * Overwritten, never deleted from: a Map copies itself over and over when one is attached and detached beside many, and
   * here the entry of a recipient that was detached goes with the recipient.
   */
  #byRecipient: WeakMap<object, Binding | undefined> | undefined;
  #groups: Map<string, Binding> | undefined;

  constructor(host: RosterHost, list: BindingList) {
    this.#host = host;
    this.list = list;
  }

  /** The binding of a recipient. */
  of(recipient: object): Binding | undefined {
    return this.#byRecipient?.get(recipient);
  }

  /** Refuses to attach one that is bound to patterns: it would still get the messages alone, and not all of them. */
  expectNotBound(recipient: object): void {
    const attached = this.of(recipient);
    if (attached !== undefined && isBound(attached)) throw this.#both('attached', 'bound');
  }

  /** Refuses to bind one that is attached: it would still get every message, with its key. */
  expectNotAttached(recipient: object): void {
    const attached = this.of(recipient);
    if (attached !== undefined && !isBound(attached)) throw this.#both('bound', 'attached');
  }

  #both(wanted: string, had: string): TypeError {
    return new TypeError(
      `Expected \`recipient\` to be ${wanted} to exchange "${this.#host.face.name}", got one that is ${had} to it already: detach it first.`,
    );
  }

  /** Refuses to attach one again in another way than it is. */
  #expectSame({ target }: Binding, wanted: AttachOptions<never>): void {
    const had: AttachOptions<never> = target instanceof Tailored ? target.options : {};
    const other = otherAttachOption(wanted, had);
    if (other === undefined) return;
    const owner = `the recipient that is attached to exchange "${this.#host.face.name}" already`;
    throw otherOption(other, owner, had[other], wanted[other]);
  }

  attach(recipient: object, options: AttachOptions<never> | undefined): Binding {
    const attached = this.of(recipient);
    if (attached !== undefined) {
      this.expectNotBound(recipient);
      if (options !== undefined) this.#expectSame(attached, options);
      return attached;
    }
    const group = options?.group === undefined ? undefined : this.#groupOf(options.group);
    const binding = this.#bindingOf(recipient, options, (group?.target as Group | undefined) ?? this);
    // First: it may be aborted by what is replayed.
    unsubscribeWith(options?.signal, binding);
    if (group === undefined) this.list.add(binding);
    else (group.target as Group).add(binding);
    this.#admit(binding, recipient, group !== undefined && (group.target as Group).size > 1);
    return binding;
  }

  /** Adds one that decides by itself what it takes; `prepare` is called before it gets anything. */
  admit(taker: Taker, prepare: (binding: Binding) => void): Binding {
    const recipient = taker.recipient as object;
    const binding = new Binding(this, isLink(recipient) ? SPECIAL | LINK : SPECIAL, taker);
    this.list.add(binding);
    prepare(binding);
    this.#admit(binding, recipient, false);
    return binding;
  }

  #admit(binding: Binding, recipient: object, joins: boolean): void {
    (this.#byRecipient ??= new WeakMap()).set(recipient, binding);
    this.#added(binding, joins);
    // One that has ended already is detached again at once.
    if (isMortal(recipient) && !binding.closed) binding.watch = recipient[WATCH](binding);
  }

  /** Adds an observer. */
  add(binding: Binding): void {
    this.list.add(binding);
    this.#added(binding, false);
  }

  unbind(binding: Binding): void {
    if (this.list.remove(binding)) this.#removed(binding);
    else this.#forget(binding);
  }

  /** A member of a group has left it. */
  left(member: Binding, group: Binding): void {
    if (this.#groups === undefined) {
      // The exchange has ended, and lets go of all.
      this.#forget(member);
      return;
    }
    if ((group.target as Group).size === 0) {
      this.#groups.delete((group.target as Group).name);
      this.list.remove(group);
    }
    this.#removed(member);
  }

  /** Takes all out, one by one, the members of groups in the place of their group. */
  *clear(): Generator<Binding, void> {
    this.#groups = undefined;
    this.count = 0;
    for (const binding of this.list.clear()) {
      if (binding.target instanceof Group) yield* binding.target.members;
      else yield binding;
    }
  }

  #bindingOf(recipient: object, options: AttachOptions<never> | undefined, host: BindingHost): Binding {
    const link = isLink(recipient);
    if (!link && options === undefined && isRecipient(recipient)) return new Binding(host, RECIPIENT, recipient);
    const taker = tailor(recipient, (options ?? {}) as AttachOptions<unknown>, this.#host);
    const binding = new Binding(host, link ? SPECIAL | LINK : SPECIAL, taker);
    taker.detach = () => {
      binding.unsubscribe();
    };
    return binding;
  }

  /** The binding of a group, in whose place its members are served. */
  #groupOf(name: string): Binding {
    const groups = (this.#groups ??= new Map<string, Binding>());
    let binding = groups.get(name);
    if (binding === undefined) {
      const left = (member: Binding): void => {
        this.left(member, binding!);
      };
      const group: Group = new Group(name, left, () => this.#host.serving);
      // Whether members are exchanges is not known yet, so that it counts as if.
      binding = new Binding(this, SPECIAL | LINK, group);
      groups.set(name, binding);
      this.list.add(binding);
    }
    return binding;
  }

  #added(binding: Binding, joins: boolean): void {
    this.count++;
    this.#host.bound(binding, joins);
  }

  #removed(binding: Binding): void {
    this.#forget(binding);
    this.count--;
    this.#host.unbound(binding);
  }

  #forget(binding: Binding): void {
    const recipient = binding.recipient as object;
    // Whoever hears that it leaves may attach it again: the entry then is of the new binding.
    if (this.of(recipient) === binding) this.#byRecipient!.set(recipient, undefined);
  }
}

/** Whether a binding has patterns. */
function isBound({ kind, target }: Binding): boolean {
  return (kind & SPECIAL) !== 0 && !(target instanceof Tailored);
}
