// axe-core on pages, light and dark, 390 and 1280 px wide; also fails where a page scrolls sideways.
//
//   node accessibility.mjs [--sign-in URL] URL...
//
// `cargo xtask axe` calls it with VONEINANDER_TOOLS (where node_modules are) and CHROMIUM (the browser).

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const tools = createRequire(join(process.env.VONEINANDER_TOOLS, "package.json"));
const { chromium } = tools("playwright-core");
const axe = readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = [390, 1280];
const SCHEMES = ["light", "dark"];

const urls = process.argv.slice(2);
let signIn = null;
if (urls[0] === "--sign-in") {
  [, signIn] = urls.splice(0, 2);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
let faults = 0;
const fault = (where, what) => {
  faults += 1;
  console.log(`${where}: ${what}`);
};

try {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (signIn) {
    await page.goto(signIn);
    await Promise.all([page.waitForLoadState(), page.click("main form button, form button")]);
  }
  for (const url of urls) {
    try {
      await look(page, url);
    } catch (error) {
      fault(url, `cannot be looked at: ${error.message.split("\n")[0]}`);
    }
  }
} finally {
  await browser.close();
}
console.log(`${urls.length} pages, ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);

/** Each fault once, with the sizes and schemes in which it shows. */
async function look(page, url) {
  const found = new Map();
  const note = (what, details, how) => {
    if (!found.has(what)) found.set(what, { details, shown: [] });
    found.get(what).shown.push(how);
  };
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of SCHEMES) {
      const how = `${width} px ${colorScheme}`;
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      // Loaded anew each time: a page may decide by its width what it builds.
      await page.goto(url);
      const [inside, outside] = await page.evaluate(() => {
        const root = document.documentElement;
        return [root.scrollWidth, root.clientWidth];
      });
      if (inside > outside) note("scrolls sideways", [`${inside} px in ${outside} px`], how);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      for (const { id, help, nodes } of violations) note(`${id}: ${help}`, nodes.slice(0, 5).flatMap(described), how);
    }
  }
  for (const [what, { details, shown }] of found) {
    fault(`${url} (${shown.join(", ")})`, what);
    for (const line of details) console.log(`    ${line}`);
  }
}

function described(node) {
  const why = [...node.any, ...node.all, ...node.none].slice(0, 2).map(({ message }) => `  ${message}`);
  return [`${node.target.join(" ")}: ${node.html.slice(0, 160)}`, ...why];
}
