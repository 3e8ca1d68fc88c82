// Keeps docs/semantics.md true: the rules that users can rely on, each with the tests that prove it.
//
// The text is in docs/semantics/*.md, a chapter a file, in the order of their names. A law is a heading, `### O2 One message
// at a time`; its rules are the items of the list below it, `- **O2.1** An actor MUST …`. The tests are found by the ids that
// their titles begin with, of a law (O2) or of a rule (O2.1); an id before a group counts for all tests in it.
//
// The page names tests by file and title, not by line: lines move whenever somebody edits a test file, and the page would be
// out of date for a change that changes nothing about it. A title is found by searching the file for it.
// Usage: node scripts/semantics.mjs [--write]   --write writes the page instead of comparing it
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { main, root } from './lib.mjs';

const page = 'docs/semantics.md';
const textFolder = 'docs/semantics';
const testFolders = ['marble-tests', 'integration-tests'];
const kinds = { it: 'test', test: 'test', describe: 'group', suite: 'group' };
/** Of a test that does not run, or has to fail: it proves nothing. */
const idle = ['skip', 'todo', 'fails'];
/** These make a test or a group out of what they are given: the call that has the title is the one behind it. */
const makers = ['each', 'for', 'skipIf', 'runIf'];

const id = String.raw`[A-Z]\d+(?:\.\d+)?`;
const lawHeading = new RegExp(`^### (${id})\\b *(.*)$`);
const ruleItem = new RegExp(`^- \\*\\*(${id})\\*\\* *(.*)$`);
const leadingIds = new RegExp(`^(?:${id}:? +)*(?:${id}:?$)?`);
const anyId = new RegExp(`\\b${id}(?!\\.?\\w|-)`, 'g');
const keyWords = /\b(MUST|SHOULD|MAY)\b/;

const problems = [];

await main(async () => {
  const chapters = readdirSync(join(root, textFolder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readChapter(`${textFolder}/${name}`));
  const laws = chapters.flatMap((chapter) => chapter.laws);
  const rules = laws.flatMap((law) => law.rules);
  checkRules(laws);
  const tests = testFolders.flatMap(testFiles).flatMap(readTests);
  assign(tests, laws);

  const options = await resolveConfig(join(root, page));
  const text = await format(pageOf(chapters), { ...options, parser: 'markdown' });
  if (process.argv.includes('--write')) writeFileSync(join(root, page), text);
  else if (!existsSync(join(root, page)) || read(page) !== text)
    problems.push(`${page} is not what its rules and the titles of tests say. Run: npm run semantics`);

  const proving = tests.filter(({ ids }) => ids.length > 0).length;
  console.log(`${laws.length} laws, ${rules.length} rules, ${proving} tests of them`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
});

/* The text */

/** The lines of a chapter, with the laws and rules among them. */
function readChapter(file) {
  const laws = [];
  const parts = [];
  let rule;
  for (const [index, line] of read(file).split('\n').entries()) {
    const where = `${file}:${index + 1}`;
    const [, lawId, name] = lawHeading.exec(line) ?? [];
    const [, ruleId, text] = ruleItem.exec(line) ?? [];
    const law = laws.at(-1);
    if (lawId !== undefined) {
      laws.push({ id: lawId, name, where, rules: [], tests: [] });
      parts.push({ law: laws.at(-1) });
      rule = undefined;
    } else if (ruleId !== undefined) {
      rule = { id: ruleId, text, where, tests: [] };
      if (law === undefined) problems.push(`${where}: ${ruleId} stands before any law`);
      else {
        law.rules.push(rule);
        parts.push({ rule, law });
      }
    } else if (rule !== undefined && /^ {2,}\S/.test(line)) {
      rule.text += ` ${line.trim()}`;
    } else {
      if (law !== undefined && line.startsWith('- '))
        problems.push(`${where}: an item of a law that is no rule: ${line}`);
      rule = undefined;
      parts.push({ line, where, law });
    }
  }
  return { title: parts.find(({ line }) => line?.startsWith('## '))?.line.slice(3), laws, parts };
}

function checkRules(laws) {
  const seen = new Set();
  for (const law of laws) {
    if (law.name === '') problems.push(`${law.where}: ${law.id} has no name`);
    if (law.rules.length === 0) problems.push(`${law.where}: ${law.id} has no rule`);
    for (const each of [law, ...law.rules]) {
      if (seen.has(each.id)) problems.push(`${each.where}: ${each.id} is there already`);
      seen.add(each.id);
    }
    let last = 0;
    for (const rule of law.rules) {
      const [of, number] = rule.id.split('.');
      if (of !== law.id || !(Number(number) > last)) problems.push(`${rule.where}: ${rule.id} is not in its place`);
      last = Number(number);
      if (rule.text === '') problems.push(`${rule.where}: ${rule.id} has no text`);
      else if (!keyWords.test(rule.text)) problems.push(`${rule.where}: ${rule.id} says neither MUST, SHOULD nor MAY`);
    }
  }
}

/* The tests */

/** Every TypeScript file counts: a suite that several test files run need not be one itself. */
function testFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

/** The tests of a file that run, with the titles of the groups around them and the ids that all of these begin with. */
function readTests(file) {
  const tests = [];
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  // By what the file imports: `test` may as well be a variable of its own.
  const kindOf = new Map(source.statements.flatMap(importedKinds));
  visit(source, []);
  return tests;

  function visit(node, outer) {
    const call = ts.isCallExpression(node) ? readCall(node) : undefined;
    if (call === undefined || call.idle) {
      if (call === undefined) ts.forEachChild(node, (child) => visit(child, outer));
      return;
    }
    const titles = [...outer, call.title];
    if (call.kind === 'group') ts.forEachChild(node, (child) => visit(child, titles));
    else {
      const ids = titles.flatMap((title) => leadingIds.exec(title)[0].match(anyId) ?? []);
      tests.push({ file, where: `${file}:${lineOf(node)}`, titles, ids: [...new Set(ids)] });
    }
  }

  /** What a call says, if it is one of `it`, `test`, `describe` or `suite`, be it with `.each(…)`, `.skip` and the like. */
  function readCall(node) {
    const words = [];
    let callee = node.expression;
    while (!ts.isIdentifier(callee)) {
      if (ts.isPropertyAccessExpression(callee)) words.unshift(callee.name.text);
      else if (!ts.isCallExpression(callee) && !ts.isTaggedTemplateExpression(callee)) return undefined;
      callee = ts.isTaggedTemplateExpression(callee) ? callee.tag : callee.expression;
    }
    const kind = kindOf.get(callee.text);
    const made = ts.isPropertyAccessExpression(node.expression) && makers.includes(words.at(-1));
    if (kind === undefined || made) return undefined;
    const title = titleOf(node.arguments[0], words.includes('each') || words.includes('for'));
    if (title === undefined) problems.push(`${file}:${lineOf(node)}: a title that is no text cannot be read`);
    const late = (title ?? '').replace(leadingIds, '').match(anyId) ?? [];
    if (late.length > 0) problems.push(`${file}:${lineOf(node)}: ${late.join(', ')} does not stand first in its title`);
    return { kind, title: title ?? '', idle: words.some((word) => idle.includes(word)) };
  }

  function lineOf(node) {
    return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  }
}

/** The names by which an import declaration brings in functions of vitest that make tests or groups. */
function importedKinds(statement) {
  if (!ts.isImportDeclaration(statement) || statement.moduleSpecifier.text !== 'vitest') return [];
  const { namedBindings } = statement.importClause ?? {};
  if (namedBindings === undefined || !ts.isNamedImports(namedBindings)) return [];
  return namedBindings.elements.flatMap(({ name, propertyName }) => {
    const kind = kinds[(propertyName ?? name).text];
    return kind === undefined ? [] : [[name.text, kind]];
  });
}

/** A title as it is shown: what differs from case to case becomes `…`. */
function titleOf(node, table) {
  if (node === undefined) return undefined;
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
  if (!ts.isStringLiteralLike(node)) return undefined;
  return table ? node.text.replace(/%[sdifjoO#$]|\$[A-Za-z_][\w.]*/g, '…').replaceAll('%%', '%') : node.text;
}

/** Gives each test to the laws and rules that it names, and says who has none. */
function assign(tests, laws) {
  const byId = new Map(laws.flatMap((law) => [[law.id, law], ...law.rules.map((rule) => [rule.id, rule])]));
  for (const test of tests) {
    for (const each of test.ids) {
      if (byId.has(each)) byId.get(each).tests.push(test);
      else problems.push(`${test.where}: there is no law or rule ${each}`);
    }
  }
  for (const { rules, ...law } of laws) {
    // A law of one rule is that rule.
    if (rules.length === 1) {
      rules[0].tests = law.tests = [...new Set([...rules[0].tests, ...law.tests])];
      if (law.tests.length === 0) problems.push(`${law.where}: ${law.id} has no test`);
    } else {
      for (const rule of rules) {
        if (rule.tests.length === 0) problems.push(`${rule.where}: ${rule.id} has no test: no title begins with it`);
      }
    }
  }
}

/* The page */

function pageOf(chapters) {
  const known = new Set(
    chapters.flatMap(({ laws }) => laws.flatMap((law) => [law.id, ...law.rules.map((rule) => rule.id)])),
  );
  const [introduction, ...rest] = chapters;
  return [
    `<!-- Written by scripts/semantics.mjs: the text is in ${textFolder}, the tests are found by their titles. -->\n`,
    ...written(introduction, known),
    ...rest.map(
      ({ title, laws }) =>
        `- **${title}:** ${laws.map((law) => `[${law.id}](#${anchor(law.id)}) ${law.name}`).join(' · ')}`,
    ),
    '',
    ...rest.flatMap((chapter) => written(chapter, known)),
  ].join('\n');
}

/** A chapter, with the tests of each law behind all that is said about it. */
function written({ parts }, known) {
  const lines = [];
  let open;
  for (const { law, rule, line, where } of parts) {
    if (open !== undefined && law !== open) lines.push(...proofs(open));
    open = law;
    if (rule !== undefined)
      lines.push(`- <a id="${anchor(rule.id)}"></a>**${rule.id}** ${linked(rule.text, rule.where, known)}`);
    else if (line !== undefined) lines.push(linked(line, where, known));
    else lines.push(`<a id="${anchor(law.id)}"></a>\n\n### ${law.id} ${law.name}`);
  }
  if (open !== undefined) lines.push(...proofs(open));
  return lines;
}

/** The tests of a law, folded up: those of each rule, then those of the law as a whole. */
function proofs({ id: lawId, rules, tests }) {
  const ofRules = new Set(rules.flatMap((rule) => rule.tests));
  const whole = tests.filter((test) => !ofRules.has(test));
  const all = new Set([...ofRules, ...whole]);
  return [
    `\n<details><summary>Tests of ${lawId} (${all.size})</summary>\n`,
    ...rules.flatMap((rule) => [`${rule.id}\n`, ...testList(rule.tests)]),
    ...(whole.length > 0 ? [`${lawId} as a whole, and in other places\n`, ...testList(whole)] : []),
    '</details>\n',
  ];
}

function testList(tests) {
  const files = [...new Set(tests.map(({ file }) => file))].sort();
  const lines = files.flatMap((file) => {
    const titles = tests.flatMap((test) => (test.file === file ? [`  - ${shown(test.titles)}`] : []));
    return [`- [${file}](../${file})`, ...new Set(titles)];
  });
  return [...lines, ''];
}

/** Titles without their ids, as Markdown that means nothing but itself. */
function shown(titles) {
  return titles
    .map((title) => title.replace(leadingIds, ''))
    .filter((title) => title !== '' && title !== '…')
    .map((title) => outsideCode(title, (text) => text.replace(/[\\*_<>[\]#~|&]/g, String.raw`\$&`)))
    .join(' › ');
}

/** Text of the folder, as it reads on the page: links one folder up, and ids that lead to what they name. */
function linked(text, where, known) {
  if (text.startsWith('#')) return text;
  for (const [, target] of text.matchAll(/\]\((\.\.\/[^)#]*)[^)]*\)/g))
    if (!existsSync(join(root, textFolder, target))) problems.push(`${where}: a link leads nowhere: ${target}`);
  return outsideCode(text.replace(/\]\(\.\.\//g, ']('), (plain) =>
    plain.replace(anyId, (each) => {
      if (!known.has(each)) problems.push(`${where}: there is no law or rule ${each}`);
      return `[${each}](#${anchor(each)})`;
    }),
  );
}

function outsideCode(text, change) {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

function anchor(each) {
  return each.toLowerCase();
}

function read(file) {
  return readFileSync(join(root, file), 'utf8');
}
