import type { Binding } from './binding.js';
import { BindingList, giveEach, heedOf, type Sending } from './binding-list.js';
import type { Publication, Report } from './delivery.js';
import { TopicRecipient, topicTakerOf } from './topic-binding.js';
import type { TopicMessage } from './topic-message.js';
import { TopicTrie } from './topic-trie.js';

/** The bindings of a topic exchange. A message is given to those that a pattern of matches its key, and to those without any. */
export class TopicList extends BindingList {
  readonly #trie = new TopicTrie<Binding>({ compare: (a, b) => a.place - b.place });
  /** Those that get every message; the trie has the others. */
  readonly #plain = new Set<Binding>();

  override add(binding: Binding): void {
    super.add(binding);
    if (topicTakerOf(binding) === undefined) this.#plain.add(binding);
  }

  override remove(binding: Binding): boolean {
    this.#forget(binding);
    return super.remove(binding);
  }

  override *clear(): Generator<Binding, void> {
    for (const binding of super.clear()) {
      this.#forget(binding);
      yield binding;
    }
  }

  addPattern(pattern: string, binding: Binding): void {
    this.#trie.add(pattern, binding);
  }

  removePattern(pattern: string, binding: Binding): void {
    this.#trie.remove(pattern, binding);
  }

  override wants(binding: Binding, message: unknown): boolean {
    return topicTakerOf(binding) === undefined || this.#match(message).includes(binding);
  }

  override give(message: unknown, report: Report, publication: Publication | undefined): boolean {
    const matched = this.#match(message);
    if (this.#plain.size > 0 || publication !== undefined) {
      const bindings = inOrder(matched, this.#plain);
      return giveEach(bindings, bindings.length, message, report, publication);
    }
    for (const binding of matched) {
      // One that is served before it may have detached it.
      if (binding.closed) continue;
      const { target } = binding;
      try {
        if (target instanceof TopicRecipient) {
          const returned: unknown = (target.recipient as Sending).send((message as TopicMessage<unknown>).message);
          if (returned !== undefined) heedOf(returned, binding, message, report);
        } else topicTakerOf(binding)!.take(message, undefined);
      } catch (error) {
        report(binding, error, message);
      }
    }
    return matched.length > 0;
  }

  /** Those that a pattern of matches; none where a caller without types has sent something without a key. */
  #match(message: unknown): readonly Binding[] {
    const key: unknown = (message as Partial<TopicMessage<unknown>> | null | undefined)?.key;
    return typeof key === 'string' ? this.#trie.match(key) : [];
  }

  #forget(binding: Binding): void {
    const taker = topicTakerOf(binding);
    if (taker === undefined) this.#plain.delete(binding);
    else for (const pattern of taker.patterns.keys()) this.#trie.remove(pattern, binding);
  }
}

/** Both kinds, in the order in which they were attached. */
function inOrder(matched: readonly Binding[], plain: ReadonlySet<Binding>): Binding[] {
  return [...matched, ...plain].sort((a, b) => a.place - b.place);
}
