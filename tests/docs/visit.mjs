// Visits every page of the documentation in a real browser, as on a desk and on a phone, light and dark: axe finds nothing,
// nothing is asked for from elsewhere, nothing breaks the content security policy, and no page scrolls sideways.
//
//     node visit.mjs URL [FOLDER FOR PICTURES]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [url, pictures] = process.argv.slice(2);
const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = ["color-contrast", "link-in-text-block"];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 320, height: 640 };
const VIEWS = [
  { name: "desktop-light", viewport: DESK, colorScheme: "light" },
  { name: "desktop-dark", viewport: DESK, colorScheme: "dark" },
  { name: "phone-light", viewport: PHONE, colorScheme: "light" },
  { name: "phone-dark", viewport: PHONE, colorScheme: "dark" },
];
const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const faults = [];
const elsewhere = new Set();
let visits = 0;

/** Every page that can be reached from the first one. */
async function site() {
  const found = new Set();
  const waiting = ["/docs"];
  while (waiting.length) {
    const path = waiting.pop();
    if (found.has(path)) continue;
    found.add(path);
    const text = await (await fetch(url + path)).text();
    for (const [, link] of text.matchAll(/href="(\/docs[^"#]*)/g)) waiting.push(link);
  }
  return [...found].sort();
}

async function visit(context, path) {
  const page = await context.newPage();
  let where = path;
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(`${where}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${where}: ${error}`));
  const answer = await page.goto(url + path);
  const policy = answer.headers()["content-security-policy"] ?? "";
  if (!policy.startsWith("default-src 'none'; style-src 'sha256-")) faults.push(`${path}: its policy is ${policy}`);
  // The driver's own evaluation is not bound by the policy of the page.
  await page.evaluate(axe);
  for (const view of VIEWS) {
    where = `${path} (${view.name})`;
    await page.setViewportSize(view.viewport);
    await page.emulateMedia({ colorScheme: view.colorScheme });
    if (pictures) await page.screenshot({ path: join(pictures, `${view.name}${path.replaceAll("/", "_")}.png`) });
    // What is folded away is read, too.
    await fold(page, true);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${where} scrolls sideways by ${wide} px`);
    // In the dark only the colours are others.
    const rules = view.colorScheme === "dark" ? { type: "rule", values: COLOURS } : { type: "tag", values: TAGS };
    const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] }), rules);
    for (const { id, help, nodes } of violations) {
      faults.push(`${where}: ${id}: ${help}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`);
    }
    await fold(page, false);
    visits += 1;
  }
  await choose(page, where);
  await page.close();
}

/** Unfolds what is folded, or folds it again. */
async function fold(page, open) {
  await page.evaluate((open) => document.querySelectorAll("details").forEach((details) => (details.open = open)), open);
}

/** Each choice of a language shows its examples, and hides the others. */
async function choose(page, where) {
  for (const choice of await page.locator("fieldset.choice input").all()) {
    await choice.check();
    const shown = await page.evaluate(() => {
      const seen = [...document.querySelectorAll("pre[class]")].filter((block) => getComputedStyle(block).display !== "none");
      return [...new Set(seen.map((block) => `in-${block.className}`))].join();
    });
    const id = await choice.getAttribute("id");
    if (shown !== id) faults.push(`${where} shows ${shown} for ${id}`);
  }
}

// The driver gives it a fresh profile.
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
try {
  const context = await browser.newContext();
  context.on("request", (request) => {
    if (!request.url().startsWith(url)) elsewhere.add(request.url());
  });
  const waiting = await site();
  const worker = async () => {
    while (waiting.length) await visit(context, waiting.pop());
  };
  await Promise.all([worker(), worker()]);
} finally {
  await browser.close();
}
for (const address of elsewhere) faults.push(`${address} was asked for`);
console.log(`  ${visits} visits, ${elsewhere.size} requests to elsewhere, ${faults.length} faults`);
if (faults.length) {
  console.error(faults.slice(0, 60).join("\n"));
  process.exit(1);
}
