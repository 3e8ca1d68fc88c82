// Opens a page in Chromium and prints, as JSON, what the page has printed and complained of until it calls itself finished.
// Usage: node visit.mjs CHROMIUM URL
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const [executablePath, url] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'rx-actors-chromium-'));
const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags });
try {
  const page = await context.newPage();
  const lines = [];
  const errors = [];
  page.on('console', (message) => (message.type() === 'error' ? errors : lines).push(message.text()));
  // A page that has failed will not call itself finished.
  const failed = new Promise((resolve) => {
    page.on('pageerror', (error) => resolve(errors.push(String(error))));
  });
  await page.goto(url);
  const finished = page.waitForFunction('document.title === "finished"', undefined, { timeout: 60_000 });
  await Promise.race([failed, finished.catch((error) => errors.push(String(error)))]);
  console.log(JSON.stringify({ printed: `${lines.join('\n')}\n`, errors }));
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
