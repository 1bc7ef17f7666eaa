// pages_test.mjs: every page, in both looks, on a wide screen in English and on a phone in Chinese: nothing fails, nothing
// is wider than the window, and the rules for accessibility are kept.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor } from "./support/browser.mjs";
import { PASSWORD, Server, waitFor } from "./support/server.mjs";

const PROMPTS = [
  "A red balloon over a meadow",
  "A lighthouse in the storm at night, from the air, in watercolour, with a very long sentence that goes on and on",
];

let server;
let receiver;
let ada;
let service;
let task;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "1"), openBrowser()]);
  receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === "/broken" ? 500 : 204).end();
  });
  await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const callbacks = `http://127.0.0.1:${receiver.address().port}`;

  await server.setOwnerPassword();
  ada = await server.register("ada@example.com");
  const session = await server.call("POST", "/api/v1/sessions/", { email: "ada@example.com", password: PASSWORD });
  const person = {
    Cookie: session.headers.get("set-cookie").split(";")[0],
    "X-CSRF-Token": session.json.csrf_token,
  };
  const services = await server.call("GET", "/api/v1/services/");
  service = services.json.items[0];
  const application = await server.call("POST", "/api/v1/applications/", { service_id: service.id }, null, person);
  const token = await server.call("POST", "/api/v1/credentials/", { application_id: application.json.id, name: "website" }, null, person);
  for (const call of [
    { prompt: PROMPTS[0], callback_url: `${callbacks}/broken` },
    { prompt: PROMPTS[1], callback_url: callbacks, aspect_ratio: "9:16" },
  ]) {
    const taken = await server.call("POST", "/luma/videos", call, token.json.token);
    assert.equal(taken.status, 200, taken.text);
    task ??= taken.json.task_id;
  }
  await waitFor(async () => {
    const list = await server.call("POST", "/luma/tasks", { action: "retrieve_batch", limit: 10 }, token.json.token);
    return list.json.items.length === 2 && list.json.items.every(({ finished_at }) => finished_at !== undefined);
  }, "the videos are made");
});
after(async () => {
  await closeBrowser();
  receiver?.close();
  receiver?.closeAllConnections();
  await server?.stop();
});

const OPEN = ["/", "/services", "/services/SERVICE", "/documents/API", "/documents/5bd3597d-1ff8-44ad-a580-b66b48393e7f", "/support", "/login", "/register", "/forgot", "/setup", "/setup#code=x", "/reference", "/verify", "/guides", "/guides/first-call",
  "/guides/polling", "/guides/callbacks", "/guides/errors", "/guides/limits", "/guides/billing", "/guides/none", "/no/such/page"];
const OWN = ["/", "/services/SERVICE", "/keys", "/usage", "/deliveries", "/account"];
const ADMIN = ["/admin", "/admin/users", "/admin/users/USER", "/admin/top-ups", "/admin/services", "/admin/applications", "/admin/tasks", "/admin/tasks/TASK", "/admin/ledger",
  "/admin/invitations", "/admin/audit"];

const LOOKS = {
  wide: { theme: "light", lang: "en-US", phone: false },
  phone: { theme: "dark", lang: "zh-CN", phone: true },
};
// Which of them: the two run beside each other.
const look = process.env.KINORA_LOOK ?? "wide";
const options = LOOKS[look];

/** English sentences in a page that is Chinese: runs of words outside of code and of what is marked as English. */
function englishOf(page) {
  return page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: owner, data } = walker.currentNode;
      if (owner.closest("code, pre, script, style, select, [lang=en], .visually-hidden") !== null) continue;
      if (/[A-Za-z]+ [a-z]+ [a-z]+/.test(data)) found.push(data.trim());
    }
    return found;
  });
}

async function pass(visitor, paths) {
  const wrong = [];
  for (const path of paths) {
    const address = path.replace("SERVICE", service.id).replace("API", service.apis[0].id).replace("USER", ada.id).replace("TASK", task);
    await visitor.page.goto("about:blank"); // So that a change of the fragment alone loads the page too.
    await visitor.open(address);
    await visitor.picture(`${look}_${path}`);
    // The viewer of the reference has buttons inside of buttons, which cannot be mended from without.
    const without = path === "/reference" ? [".parameter-item-trigger"] : [];
    wrong.push(...(await visitor.violations({ without })).map((violation) => `${path}: ${violation}`));
    if (options.lang === "zh-CN" && path !== "/reference") {
      const own = PROMPTS.map((prompt) => prompt.slice(0, 20)); // What people wrote.
      for (const text of await englishOf(visitor.page)) {
        if (!own.some((start) => text.startsWith(start))) wrong.push(`${path}: not in Chinese: ${text}`);
      }
    }
    const overflow = await visitor.overflow();
    if (overflow > 0) wrong.push(`${path}: ${overflow} pixels wider than the window`);
    const text = await visitor.page.locator("body").innerText();
    // A key of the catalogue that has no words shows as itself.
    for (const key of text.match(/\b[a-z]+(?:\.[a-z][A-Za-z0-9_]+)+\b/g) ?? []) {
      if (/^(auth|common|keys|usage|studio|guides|admin|services|deliveries|reference|told|error|nav|state)\./.test(key)) wrong.push(`${path}: ${key} has no words`);
    }
  }
  assert.deepEqual(wrong, []);
}

async function visit(paths, email) {
  const visitor = await openVisitor(server, options);
  if (email !== null) await visitor.enter(email);
  // The viewer's own check of the document stumbles over fields named `type`.
  visitor.expect(/^console: (document validation errors: |\[Object, Object\])$/);
  visitor.expect(/^404 GET .*\/no\/such\/page$/);
  await pass(visitor, paths);
  await visitor.close();
}

test(`pages for everybody: ${look}`, () => visit(OPEN, null));
test(`pages of a user: ${look}`, () => visit(OWN, "ada@example.com"));
test(`pages of the owner: ${look}`, () => visit(ADMIN, server.owner.email));
