import { inject, it } from 'vitest';

/** What the package is tried with, as setup.mjs has found it. */
export interface Lab {
  /** What can be imported, package.json too. */
  readonly entries: readonly string[];
  /** The oldest first, each with a project that has installed it and the tarball. */
  readonly rxjs: readonly { readonly version: string; readonly project: string }[];
  readonly nodes: readonly { readonly version: string; readonly executable: string }[];
  readonly typescripts: readonly { readonly version: string; readonly tsc: string }[];
  readonly bundlers: { readonly vite: string; readonly esbuild: string };
  readonly chromium: { readonly executable: string; readonly version: string } | undefined;
}

/** Where in temp/compatibility.md the outcome of a test goes. */
interface Cell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  /** What it means when the test passes, if not that all is well. */
  readonly meaning?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    lab: Lab;
  }
  interface TaskMeta {
    cell?: Cell;
  }
}

export const lab = inject('lab');

/** RxJS before 7.5.5 has its types where neither `nodenext` nor `bundler` looks. */
export const hasTypes = (version: string): boolean => version.localeCompare('7.5.5', 'en', { numeric: true }) >= 0;

/** What programs run with. The newest version without types is there for the compilers only. */
export const runWith = lab.rxjs.filter(({ version }, index) => index === 0 || hasTypes(version));

/** The project with the newest RxJS. */
export const newest = runWith[runWith.length - 1];

/** A test whose outcome goes into a table. */
export function cell(place: Cell, title: string, test: () => Promise<void>): void {
  // Much of it is compiling, on a machine that may be busy.
  it(`${place.row}, ${place.column}: ${title}`, { meta: { cell: place }, timeout: 120_000 }, test);
}

/** Gives whether something is there. If it is not, that is said loudly, and fails in CI, where nothing may be left out. */
export function isThere(what: unknown, otherwise: string): boolean {
  if (what !== undefined && what !== false) return true;
  if (process.env['CI'] === undefined || process.env['CI'] === 'false') {
    console.warn(`\nNOT TESTED: ${otherwise}\n`);
  } else {
    it(`is there: ${otherwise}`, () => {
      throw new Error(otherwise);
    });
  }
  return false;
}
