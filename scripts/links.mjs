// Every link in a Markdown file leads somewhere: to a file or folder that is there, and to a heading or an anchor in it. Links to
// the web are not followed. Usage: node scripts/links.mjs
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { main, root } from './lib.mjs';

const problems = [];
/** The anchors of the files that were looked into. */
const known = new Map();

await main(async () => {
  const files = [...markdown('.', false), ...markdown('docs'), ...markdown('bench', false)];
  let links = 0;
  for (const file of files) {
    for (const { target, line } of linksOf(file)) {
      links++;
      follow(file, target, line);
    }
  }
  console.log(`${links} links in ${files.length} files`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
});

function markdown(folder, recursive = true) {
  const names = readdirSync(join(root, folder), { recursive }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => name.endsWith('.md')).map((name) => posix.join(folder, name));
}

/** The relative links of a file and their lines, those in code left out. */
function linksOf(file) {
  const found = [];
  prose(file).forEach((text, index) => {
    for (const [, target] of text.matchAll(/\]\(([^()\s]+)\)/g)) {
      if (!/^[a-z]+:/.test(target)) found.push({ target, line: index + 1 });
    }
  });
  return found;
}

function follow(file, target, line) {
  const [path, anchor] = target.split('#');
  const to = path === '' ? file : posix.normalize(posix.join(dirname(file), path));
  if (!existsSync(join(root, to))) problems.push(`${file}:${line}: ${target}: there is no ${to}`);
  else if (anchor !== undefined && to.endsWith('.md') && !anchorsOf(to).has(anchor)) {
    problems.push(`${file}:${line}: ${target}: ${to} has no such heading`);
  }
}

/** What can stand behind the # of a link to a file: its headings as GitHub names them, and its own anchors. */
function anchorsOf(file) {
  if (!known.has(file)) {
    const anchors = new Set();
    const times = new Map();
    for (const text of prose(file)) {
      for (const [, id] of text.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
      const heading = /^#+ +(.*?) *$/.exec(text)?.[1];
      if (heading === undefined) continue;
      const slug = heading
        .toLowerCase()
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/ /g, '-');
      const time = times.get(slug) ?? 0;
      times.set(slug, time + 1);
      anchors.add(time === 0 ? slug : `${slug}-${time}`);
    }
    known.set(file, anchors);
  }
  return known.get(file);
}

/** The lines of a file; those of code blocks, and code in the midst of a line, are blank. */
function prose(file) {
  let fence;
  return readFileSync(join(root, file), 'utf8')
    .split('\n')
    .map((text) => {
      const mark = /^ *(`{3,}|~{3,})/.exec(text)?.[1];
      if (fence !== undefined) {
        if (mark?.startsWith(fence)) fence = undefined;
        return '';
      }
      fence = mark;
      return mark === undefined ? text.replace(/`[^`]*`(?!\])/g, (code) => (text.startsWith('#') ? code : '')) : '';
    });
}
