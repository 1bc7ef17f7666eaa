// page_audit.mjs URL RUNS: what a first visit of the console costs, measured in Chromium on an idle wire and on the slow one that
// Lighthouse takes for a phone (150 ms there and back, 1.6 Mbit/s down, a processor a quarter as fast); prints JSON.
//
// First and largest contentful paint, layout shift and blocking time as web.dev defines them: blocking time is what each task of the
// main thread between the first paint and the end of loading takes beyond 50 ms.
import { axe, launchBrowser } from "../tests/console/support/browser.mjs";

const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const PAGES = ["/", "/services", "/login", "/guides/first-call", "/reference"];

function watch() {
  window.told = { lcp: 0, cls: 0, blocked: 0, fcp: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.told.lcp = entry.startTime)))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => entry.hadRecentInput || (window.told.cls += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.told.blocked += Math.max(0, entry.duration - 50))))
    .observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => entry.name === "first-contentful-paint" && (window.told.fcp = entry.startTime)))
    .observe({ type: "paint", buffered: true });
}

async function visit(browser, base, path, slow) {
  const context = await browser.newContext({ baseURL: base, viewport: slow ? { width: 390, height: 844 } : { width: 1280, height: 860 } });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  if (slow) {
    await wire.send("Network.emulateNetworkConditions", SLOW);
    await wire.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
  let bytes = 0;
  let calls = 0;
  const ofScripts = new Set();
  let scriptBytes = 0;
  wire.on("Network.responseReceived", ({ requestId, type }) => (type === "Script" || type === "Stylesheet" || type === "Document") && ofScripts.add(requestId));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    calls += 1;
    bytes += encodedDataLength;
    if (ofScripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await page.addInitScript(watch);
  await page.goto(path, { waitUntil: "networkidle", timeout: 120_000 });
  await page.locator("h1").first().waitFor();
  const told = await page.evaluate(() => window.told);
  await page.evaluate(axe);
  const violations = slow ? null : (await page.evaluate(() => window.axe.run())).violations.length;
  await context.close();
  return { ...told, calls, kB: bytes / 1000, scriptsKB: scriptBytes / 1000, violations };
}

const [base, runs] = process.argv.slice(2);
const browser = await launchBrowser();
const results = [];
for (const path of PAGES) {
  for (const slow of [false, true]) {
    for (let run = 0; run < Number(runs); ++run) results.push({ path, slow, ...(await visit(browser, base, path, slow)) });
  }
}
await browser.close();
console.log(JSON.stringify(results));
