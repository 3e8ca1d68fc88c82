import { report } from '../../../examples/tour/file/report.js';
import { workOnFile } from '../../../examples/tour/file/work-on-file.js';
import { recipes } from '../../../examples/tour/recipe/recipes.js';
import { count } from '../../../examples/tour/text.js';
import { consumer } from './consumer.js';
import { archiver } from './page-archiver.js';

/** What examples/tour/main.ts does, in a browser; then what consumer-main.ts does. */
async function page(): Promise<void> {
  for (const [heading, program] of recipes) {
    console.log(`== ${heading} ==`);
    await program();
    console.log('');
  }
  const file = 'CHANGELOG.md';
  const response = await fetch(file);
  if (response.body === null) throw new Error(`no ${file}`);
  console.log(`== A file: ${file}, ${count(Number(response.headers.get('content-length')))} bytes ==`);
  console.log(report(await workOnFile(response.body, archiver, new AbortController().signal)));
  await consumer();
}

try {
  await page();
} finally {
  document.title = 'finished';
}
