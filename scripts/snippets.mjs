// Keeps the code that people read true. Every file of docs/snippets and every ```ts block of a doc comment in src is
// compiled against the built package and run; what it prints has to be what its last comment says:
//
//   // prints:
//   // Got: Hello
//
// A program without that comment has to print nothing. A test, NAME.test.ts or a block that imports vitest, has to pass. A ```ts block of a Markdown file names the snippet that it
// shows, ```ts file=docs/snippets/greeter.ts, and has to be identical with it.
// Usage: node scripts/snippets.mjs [--write] [--busy]   --write copies the snippets into the Markdown files instead of
// comparing; --busy runs each program as on a busy machine, where what a clock decides comes out differently
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { main, root, run } from './lib.mjs';

const snippetFolder = 'docs/snippets';
const commentFolder = 'temp/doc-examples';
const nodeOptions = process.argv.includes('--busy') ? ['--import', './scripts/busy.mjs'] : [];
const problems = [];

await main(async () => {
  const shown = compareMarkdown(process.argv.includes('--write'));
  await buildIfStale('examples');
  const programs = [...snippets(), ...(await docExamples())];
  for (const program of programs) await check(program);
  console.log(`${shown} blocks in Markdown, ${programs.length} programs compiled and run`);
  for (const problem of problems) console.error(`\n${problem}`);
  if (problems.length > 0) process.exitCode = 1;
});

/** Compares, or fills, the blocks of the Markdown files, and says how many there are. */
function compareMarkdown(write) {
  let blocks = 0;
  const files = find('.', '.md', false)
    .concat(find('docs', '.md'))
    .filter((file) => !file.startsWith('docs/api/'));
  for (const file of files) {
    const text = read(file);
    const filled = text.replace(/^```ts\b(.*)\n([^]*?)^```$/gm, (block, info, code) => {
      blocks++;
      const source = /^ file=(\S+)$/.exec(info)?.[1];
      if (!source?.startsWith(`${snippetFolder}/`)) {
        problems.push(`${file}: a block names no snippet: \`\`\`ts${info}\nWrite \`\`\`ts file=${snippetFolder}/….ts`);
        return block;
      }
      const snippet = read(source);
      if (code !== snippet && !write) problems.push(`${file}: differs from ${source}. Run: npm run snippets`);
      return `\`\`\`ts${info}\n${snippet}\`\`\``;
    });
    if (write && filled !== text) {
      writeFileSync(join(root, file), filled);
      console.log(`${file}: written`);
    }
  }
  return blocks;
}

function snippets() {
  return find(snippetFolder, '.ts').map((source) => ({ source, compiled: compiledTo('dist-examples', source) }));
}

/** Takes the blocks out of the doc comments, compiles them and says where each program came from. */
async function docExamples() {
  rmSync(join(root, commentFolder), { recursive: true, force: true });
  const programs = [];
  for (const file of find('src', '.ts')) {
    const text = read(file);
    for (const { 1: info, 2: block, index } of text.matchAll(/^ *\* ```ts\b(.*)\n([^]*?)^ *\* ```$/gm)) {
      const line = text.slice(0, index).split('\n').length;
      if (info !== '')
        problems.push(`${file}:${line}: an example in a doc comment stands there itself, without${info}`);
      const code = block.replace(/^ *\* ?/gm, '');
      const kind = /from 'vitest'/.test(code) ? '.test.ts' : '.ts';
      const source = `${commentFolder}/${file.slice('src/'.length, -'.ts'.length)}-${line}${kind}`;
      mkdirSync(dirname(join(root, source)), { recursive: true });
      // Each one a module of its own, also when it imports and exports nothing.
      writeFileSync(join(root, source), `${code}\nexport {};\n`);
      programs.push({ source, code, name: `${file}:${line}`, compiled: compiledTo('temp/doc-examples-run', source) });
    }
  }
  if (programs.length > 0) {
    const config = { extends: '../../tsconfig.examples.json', include: ['.'] };
    const compilerOptions = { rootDir: '../..', outDir: '../doc-examples-run' };
    writeFileSync(join(root, commentFolder, 'tsconfig.json'), JSON.stringify({ ...config, compilerOptions }));
    // What does not compile is told with the rest, and runs all the same.
    await run('tsc', ['-p', commentFolder], { capture: true }).catch(({ output }) => problems.push(output.trimEnd()));
  }
  return programs;
}

/** Runs a program and compares what it prints with what it says it does. */
async function check({ source, compiled, code = read(source), name = source }) {
  if (source.endsWith('.test.ts')) {
    // Not with vitest.config.ts: a snippet finds the package as any project does.
    await run('vitest', ['run', '--config', 'scripts/snippets.vitest.mjs', compiled], { capture: true }).catch(
      (error) => problems.push(`${name}: ${error.message}\n${error.output}`),
    );
    return;
  }
  const promise = /^\/\/ prints: *([^\n]*)((?:\n\/\/[^\n]*)*)\s*$/m.exec(code);
  const expected =
    promise === null ? [] : [promise[1], ...promise[2].split('\n').map((line) => line.replace(/^\/\/ ?/, ''))];
  const wanted = expected.filter((line, index) => index > 1 || line !== '').join('\n');
  try {
    const printed = await run('node', [...nodeOptions, compiled], { capture: true, timeout: 20_000 });
    if (printed.trimEnd() === wanted.trimEnd()) return;
    problems.push(`${name} does not print what it says.\nIt says:\n${wanted}\nIt prints:\n${printed}`);
  } catch (error) {
    problems.push(`${name}: ${error.message}\n${error.output}`);
  }
}

/** The files under a folder whose names end so, as paths from the root with '/'. */
function find(folder, end, recursive = true) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive }).map((name) => name.replaceAll('\\', '/'));
  const files = names.filter((name) => name.endsWith(end)).sort();
  return files.map((name) => (folder === '.' ? name : `${folder}/${name}`));
}

function read(file) {
  return readFileSync(join(root, file), 'utf8');
}

function compiledTo(folder, source) {
  return join(folder, source.replace(/\.ts$/, '.js'));
}
