/** Who is attached to an exchange, as the soak knows it, to say how many get a publication. */
export class Crowd {
  #members = new Map();

  get size() {
    return this.#members.size;
  }

  get recipients() {
    return [...this.#members.keys()];
  }

  groupOf(recipient) {
    return this.#members.get(recipient)?.group;
  }

  /** @param wants - Whether it gets a message; a group shares one copy among its members. */
  add(recipient, { group, wants = () => true } = {}) {
    this.#members.set(recipient, { group, wants });
  }

  remove(recipient) {
    this.#members.delete(recipient);
  }

  /** How many copies of a message are handed out. */
  takers(message) {
    let alone = 0;
    const groups = new Set();
    for (const { group, wants } of this.#members.values()) {
      if (!wants(message)) continue;
      if (group === undefined) alone++;
      else groups.add(group);
    }
    return alone + groups.size;
  }
}
