// One process that has loaded the tests.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('process.mjs', import.meta.url));

/** Loading takes a few seconds. */
const LOAD_PATIENCE = 60_000;

/** How often it is looked at how long a test has taken, in milliseconds. */
const LOOK = 500;

/** What waits for ever uses no processor. Where others want the processors, or stop this process, it is not to blame. */
const CLOCK_PATIENCE = 600_000;

export class Session {
  #child;
  #output = '';
  #loaded;
  #receive = () => undefined;

  /** With `mutant` it is on from the start, before anything is loaded. */
  constructor(mutant) {
    this.#child = fork(program, {
      env: { ...process.env, ...(mutant !== undefined && { __STRYKER_ACTIVE_MUTANT__: mutant }) },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.#output = (this.#output + text).slice(-10_000)));
    }
    this.#child.on('message', (message) => this.#receive(message));
    this.#child.on('exit', (code) => {
      this.#receive({ kind: 'ended', message: `The process ended with code ${code}.\n${this.#output}` });
    });
    this.#loaded = this.#reply('ready', () => LOAD_PATIENCE);
  }

  /** Resolves to a message of kind `ready` when the tests are there, of another one when they cannot be loaded. */
  get loaded() {
    return this.#loaded;
  }

  /**
   * Runs tests, see vitest-runner.mjs. Resolves to a message of kind `done`, `broken`, `ended` with its process, or
   * `hung` if a test, whose id it then has, takes more than `patience(id)` milliseconds of a processor.
   */
  async run(request, patience) {
    this.#child.send(request);
    return this.#reply('done', patience);
  }

  end() {
    this.#receive = () => undefined;
    this.#child.kill('SIGKILL');
  }

  #reply(kind, patience) {
    return new Promise((resolve) => {
      let test;
      let start;
      const settle = (message) => {
        clearInterval(timer);
        this.#receive = () => undefined;
        resolve(message);
      };
      const begin = (id) => {
        test = id;
        start = { clock: Date.now(), used: this.#processorTime() };
      };
      const timer = setInterval(() => {
        const longest = patience(test);
        const clock = Date.now() - start.clock;
        if (clock < longest) return;
        if (clock > CLOCK_PATIENCE || this.#processorTime() - start.used > longest) {
          settle({ kind: 'hung', id: test });
        }
      }, LOOK);
      this.#receive = (message) => {
        if (message.kind === 'test') begin(message.id);
        else if ([kind, 'broken', 'ended'].includes(message.kind)) settle(message);
      };
      begin();
    });
  }

  /** What the process has used of the processors, in milliseconds; the time on the clock where Linux does not tell. */
  #processorTime() {
    try {
      // The name of the program, in brackets, may contain anything. A tick is 10 ms wherever Node runs.
      const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      return 10 * (Number(fields[11]) + Number(fields[12]));
    } catch {
      return Date.now();
    }
  }
}
