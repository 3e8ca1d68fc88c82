// Compares the public API of every entry point with its report in docs/api, so that no change of it goes unseen.
// Usage: node scripts/api.mjs [--local]   --local writes the reports instead
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { buildIfStale } from './build.mjs';
import { entries, main, root } from './lib.mjs';

const localBuild = process.argv.includes('--local');

/** Our names for Symbol.dispose and Symbol.asyncDispose, which are keys in declarations: their types are the symbols'. */
const symbols = ['dispose', 'asyncDispose'];

await main(async () => {
  await buildIfStale('library');
  // api-extractor makes neither folder by itself.
  for (const folder of ['docs/api', 'temp/api']) mkdirSync(join(root, folder), { recursive: true });
  for (const entry of entries) {
    if (!report(entry)) process.exitCode = 1;
  }
});

function report({ folder, name }) {
  const configObjectFullPath = join(root, 'api-extractor.json');
  const configObject = ExtractorConfig.loadFile(configObjectFullPath);
  configObject.mainEntryPointFilePath = join(root, 'dist', folder, 'index.d.ts');
  configObject.apiReport.reportFileName = `${name.replace('/', '-')}.api.md`;
  const extractorConfig = ExtractorConfig.prepare({
    configObject,
    configObjectFullPath,
    packageJsonFullPath: join(root, 'package.json'),
  });
  console.log(`${name}: ${extractorConfig.reportFilePath}`);
  const { succeeded } = Extractor.invoke(extractorConfig, { localBuild, messageCallback });
  return succeeded;
}

/** Every other entry may speak of what the core exports: to its users that is `import … from 'rx-actors'`. */
function messageCallback(message) {
  const forgotten = /^The symbol "(\w+)" needs to be exported by the entry point/.exec(message.text)?.[1];
  if (message.messageId !== 'ae-forgotten-export') return;
  if (symbols.includes(forgotten) || coreExports().has(forgotten)) message.logLevel = 'none';
}

/** The names that the core's door exports; it lists them all, `export *` is not allowed in src. */
function coreExports() {
  const door = readFileSync(join(root, 'dist', 'index.d.ts'), 'utf8');
  const lists = [...door.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list]) => list.split(','));
  return new Set(lists.map((item) => item.trim().split(/\s+/).at(-1)));
}
