// support/browser.mjs: a browser that tells of every fault of the page: errors of scripts, of the console (among them what
// the Content-Security-Policy forbids), and calls that fail or are refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { PASSWORD } from "./server.mjs";

// The packages of the page's own build have the driver too.
const packages = createRequire(`${process.env.KINORA_CONSOLE}/package.json`);
const { chromium } = packages("playwright-core");
export const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");

const PATIENCE_MS = 90_000; // For machines that do other things beside.

let browser;

/** Debian's Chromium without a window, which calls nobody by itself. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.KINORA_BROWSER ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
  });
}

/** One for all tests of a file. */
export async function openBrowser() {
  browser = await launchBrowser();
}
export async function closeBrowser() {
  await browser?.close();
}

export const PHONE = { width: 390, height: 844 };

/** A window of its own, with no cookies of others. `options` as Playwright's newContext takes them. */
export async function openVisitor(server, options = {}) {
  const { theme = "light", lang = "en-US", phone = false, ...rest } = options;
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: phone ? PHONE : { width: 1280, height: 860 },
    hasTouch: phone,
    isMobile: phone,
    colorScheme: theme,
    locale: lang,
    permissions: ["clipboard-read", "clipboard-write"],
    ...rest,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const visitor = new Visitor(context, page, server);
  visitor.watch();
  return visitor;
}

/** Gives a function that runs the parts of `t` one after another: where one fails the others would tell nothing. */
export function steps(t, visitor) {
  return async (name, act) => {
    let fault = null;
    await t.test(name, async () => {
      try {
        await act();
      } catch (error) {
        fault = error;
        await visitor.picture(name);
        throw error;
      }
    });
    if (fault !== null) throw new Error(`not gone on after: ${name}`);
  };
}

export class Visitor {
  constructor(context, page, server) {
    this.context = context;
    this.page = page;
    this.server = server;
    this.faults = [];
    this.expected = [];
  }

  watch() {
    const { page } = this;
    page.on("console", (message) => {
      // What a refused call leaves in the console stands in the list of calls already.
      if (!/^Failed to load resource/.test(message.text()) && ["error", "warning"].includes(message.type())) {
        this.faults.push(`console: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => this.faults.push(`script: ${error.stack ?? error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) this.faults.push(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
    page.on("requestfailed", (request) => {
      // Leaving a page ends what it was loading; that is no failure.
      if (request.failure()?.errorText !== "net::ERR_ABORTED") this.faults.push(`${request.failure()?.errorText} ${request.url()}`);
    });
  }

  /** From here on faults that `pattern` matches are meant to be. */
  expect(pattern) {
    this.expected.push(pattern);
  }

  /** Fails where the page had a fault since it was opened. */
  check() {
    const faults = this.faults.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)));
    assert.deepEqual(faults, []);
  }

  /** What the page looks like, into the folder KINORA_SHOTS where that is set: to see why a test failed. */
  async picture(name) {
    const folder = process.env.KINORA_SHOTS;
    if (folder) await this.page.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, "_")}.png`, fullPage: true });
  }

  async close() {
    await this.context.close();
    this.check();
  }

  /** Opens an address and waits until the page stands. */
  async open(path) {
    await this.page.goto(path);
    await this.settle();
  }
  async settle() {
    await this.page.locator("h1").first().waitFor({ state: "attached" });
    await this.page.locator("main .spinner").first().waitFor({ state: "detached" });
  }

  /** Logs in by the form. */
  async logIn(email, password = PASSWORD) {
    await this.open("/login");
    await this.page.getByLabel("E-mail").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.locator("form").getByRole("button", { name: "Log in" }).click();
    await this.page.waitForURL((url) => url.pathname === "/");
    await this.settle();
  }

  /** Logs in past the form, in whatever language. */
  async enter(email, password = PASSWORD) {
    await this.page.goto("/health/live");
    const status = await this.page.evaluate(async (body) => {
      const answer = await fetch("/api/v1/sessions/", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
      });
      localStorage.setItem("kinora-session", "1"); // As the page does: it is worth asking for a session.
      return answer.status;
    }, { email, password });
    assert.equal(status, 201);
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  async clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Violations of the rules for accessibility; `without` names parts of others' making. */
  async violations({ without = [] } = {}) {
    // By the driver, past the page's Content-Security-Policy.
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(
      (exclude) => window.axe.run({ exclude }, { resultTypes: ["violations"] }),
      without.map((selector) => [selector]),
    );
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.html}`.slice(0, 300)).join("; ")}`);
  }

  /** How far the page is wider than the window, in pixels. */
  async overflow() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
