// axe-core on pages, light and dark, 390 and 1280 px wide; also fails where a page scrolls sideways.
//
//   node accessibility.mjs [--sign-in URL] URL...     prints what it finds
//   node accessibility.mjs --plan < plan.json         walks the plan and prints a report as JSON
//
// xtask/src/axe.rs calls it with VONEINANDER_TOOLS (where node_modules are) and CHROMIUM (the browser), and says what
// a plan and a report look like.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const tools = createRequire(join(process.env.VONEINANDER_TOOLS, "package.json"));
const { chromium } = tools("playwright-core");
const axe = readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = [390, 1280];
const SCHEMES = ["light", "dark"];
const HEIGHT = 844;
/** Dark pages have the same elements in the same places; what these rules look at is all that may differ. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
/** Nothing here may take longer. */
const PATIENCE_MS = 20_000;

const words = process.argv.slice(2);
const plan = words[0] === "--plan" ? JSON.parse(readFileSync(0, "utf8")) : planOf(words);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const context = await browser.newContext({ reducedMotion: "reduce" });
context.setDefaultTimeout(PATIENCE_MS);
const report = [];
try {
  const page = await context.newPage();
  const requests = [];
  let status = 0;
  page.on("response", (response) => {
    const request = response.request();
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    requests.push([request.method(), new URL(response.url()).pathname]);
    status = response.status();
  });
  for (const visit of plan.visits) {
    const seen = { name: visit.name, requests: [], faults: [] };
    report.push(seen);
    try {
      if (visit.to) await page.goto(plan.base + visit.to);
      for (const step of visit.steps) await go(page, step);
      if (status !== visit.status) seen.faults.push(`status ${status} instead of ${visit.status}`);
      if (!(await page.$(visit.see))) seen.faults.push(`nothing like ${visit.see} on ${page.url()}`);
      seen.faults.push(...(await look(page)));
    } catch (error) {
      seen.faults.push(`cannot be looked at: ${error.message.split("\n")[0]} (${page.url()})`);
    }
    seen.requests = requests.splice(0);
  }
} finally {
  await browser.close();
}
if (words[0] === "--plan") {
  console.log(JSON.stringify(report));
} else {
  const faults = report.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
  for (const fault of faults) console.log(fault);
  console.log(`${plan.visits.length} pages, ${faults.length} faults`);
  process.exit(faults.length === 0 ? 0 : 1);
}

/** The plan of a command line. */
function planOf(words) {
  const visit = (to, steps) => ({ name: to, to, steps, status: 200, see: "body" });
  const visits = [];
  if (words[0] === "--sign-in") visits.push(visit(words[1], [{ do: "click", at: "main form button, form button" }]));
  visits.push(...words.slice(visits.length * 2).map((to) => visit(to, [])));
  return { base: "", visits };
}

/** What a person does on a page. */
async function go(page, step) {
  switch (step.do) {
    case "fill":
      return page.fill(step.at, step.text);
    case "choose":
      return page.selectOption(step.at, step.text);
    case "check":
      return page.check(step.at);
    case "click":
      return Promise.all([page.waitForNavigation(), page.click(step.at)]);
    case "press":
      return page.click(step.at);
    case "type":
      await page.locator(step.at).pressSequentially(step.text);
      return page.waitForSelector(step.then);
    case "attach":
      return page.setInputFiles(step.at, { name: step.name, mimeType: "text/plain", buffer: Buffer.from(step.text) });
    case "follow": {
      const [link] = (await page.innerText(step.at)).match(new RegExp(step.text)) ?? [];
      if (!link) throw new Error(`no ${step.text} in ${step.at}`);
      return page.goto(link);
    }
    case "elsewhere": {
      const other = await page.context().newPage();
      await other.goto(page.url());
      for (const inner of step.steps) await go(other, inner);
      return other.close();
    }
    case "post": {
      const { origin } = new URL(page.url());
      for (let i = 0; i < step.times; i += 1) {
        await page.request.post(origin + step.at, { form: { [step.field]: step.text }, headers: { origin } });
      }
      return undefined;
    }
    default:
      throw new Error(`unknown step ${step.do}`);
  }
}

/** Each fault once, with the sizes and schemes in which it shows. */
async function look(page) {
  const found = new Map();
  const note = (what, details, how) => {
    if (!found.has(what)) found.set(what, { details, shown: [] });
    found.get(what).shown.push(how);
  };
  await page.evaluate(axe);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const colorScheme of SCHEMES) {
      const how = `${width} px ${colorScheme}`;
      await page.emulateMedia({ colorScheme });
      const [inside, outside] = await page.evaluate(() => {
        const root = document.documentElement;
        return [root.scrollWidth, root.clientWidth];
      });
      if (inside > outside) note("scrolls sideways", [`${inside} px in ${outside} px`], how);
      const options = { resultTypes: ["violations"], iframes: false, preload: false };
      if (colorScheme === "dark") options.runOnly = COLOUR_RULES;
      const { violations } = await page.evaluate((options) => window.axe.run(document, options), options);
      for (const { id, help, nodes } of violations) note(`${id}: ${help}`, nodes.slice(0, 5).flatMap(described), how);
    }
  }
  return [...found].map(([what, { details, shown }]) => [`${what} (${shown.join(", ")})`, ...details].join("\n    "));
}

function described(node) {
  const why = [...node.any, ...node.all, ...node.none].slice(0, 2).map(({ message }) => `  ${message}`);
  return [`${node.target.join(" ")}: ${node.html.slice(0, 160)}`, ...why];
}
