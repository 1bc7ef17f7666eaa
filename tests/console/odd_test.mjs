// odd_test.mjs: what people do when they are not supposed to: press twice, be two people in one browser, go on while the
// server is away, open odd addresses; and what a keyboard's user has under their fingers afterwards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor } from "./support/browser.mjs";
import { picture } from "./support/picture.mjs";
import { PASSWORD, Server, waitFor } from "./support/server.mjs";
import { card } from "./support/studio.mjs";

let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "0"), openBrowser()]);
  await server.setOwnerPassword();
  await server.register("ada@example.com");
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

const focused = (page) => page.evaluate(() => document.activeElement?.tagName);

async function taskCount() {
  const list = await server.call("POST", "/luma/tasks", { action: "retrieve_batch", limit: 100 }, server.owner.api_token);
  return list.json.items.length;
}

test("two presses in one breath make one video, and the focus stays", async () => {
  const owner = await openVisitor(server);
  const { page } = owner;
  await owner.enter(server.owner.email);
  await owner.open("/");
  const prompt = page.getByRole("textbox", { name: "What the video shows" });
  await prompt.fill("A robot waters flowers");
  await owner.button(/^Create/).focus();
  await page.keyboard.press("Enter");
  await card(owner, "A robot waters flowers").waitFor();
  assert.equal(await focused(page), "BUTTON");
  await owner.button(/^Create/).click();
  await prompt.focus();
  await page.keyboard.down("Control");
  for (let k = 0; k < 5; ++k) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.keyboard.up("Control");
  await card(owner, "A robot waters flowers").getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("You cancelled it.").first().waitFor();
  await waitFor(async () => (await focused(page)) === "BUTTON", "the next button of the card has the focus", 20);
  assert.ok((await taskCount()) <= 3, "a held key makes one video at most"); // Seven presses, three of them for themselves.
  await owner.close();
});

test("the keyboard keeps its place in dialogs and tiles", async () => {
  const owner = await openVisitor(server);
  const { page } = owner;
  await owner.enter(server.owner.email);
  await owner.open("/");
  await owner.button("Code").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), "Code");
  const input = page.locator('[data-slot="start"] input[type="file"]');
  await input.setInputFiles({ name: "red.png", mimeType: "image/png", buffer: picture(64, 64, [200, 20, 20]) });
  await owner.button("Remove the first frame").focus();
  await page.keyboard.press("Enter");
  await waitFor(async () => (await focused(page)) === "BUTTON", "the empty tile has the focus");
  await owner.close();
});

test("one browser, two tabs, two people: each tab shows whose session it has", async () => {
  const first = await openVisitor(server);
  first.expect(/^401 /);
  await first.logIn("ada@example.com");
  await first.open("/keys");
  await first.button("Account").click();
  await first.page.getByText("ada@example.com").waitFor();
  await first.page.keyboard.press("Escape");
  const second = await first.context.newPage();
  await second.goto("/");
  await second.getByRole("button", { name: "Account" }).click();
  await second.getByRole("menuitem", { name: "Log out" }).click();
  await second.getByRole("link", { name: "Log in" }).first().waitFor();
  await first.page.getByRole("main").getByRole("link", { name: "Log in" }).first().waitFor();
  await second.goto("/login");
  await second.getByLabel("E-mail").fill(server.owner.email);
  await second.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await second.locator("form").getByRole("button", { name: "Log in" }).click();
  await first.page.getByRole("link", { name: "Admin" }).waitFor();
  await first.button("Account").click();
  await first.page.getByText(server.owner.email).waitFor();
  await first.close();
});

test("while the server is away the page says so, and keeps what it has", async () => {
  const ada = await openVisitor(server);
  const { page } = ada;
  ada.expect(/net::ERR_|^script: .*dynamically imported module|^console: .*dynamically imported/);
  await ada.logIn("ada@example.com");
  await ada.open("/");
  await page.route(/./, (route) => route.abort("connectionrefused"));
  await ada.button("Account").click();
  await page.getByRole("menuitemradio", { name: "中文" }).click();
  await page.getByRole("alert").getByText("The server cannot be reached").waitFor();
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "What shall we film?");
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await page.getByRole("main").getByRole("alert").getByText("The server cannot be reached").first().waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Guides" }).click();
  await page.getByRole("main").getByRole("button", { name: "Try again" }).last().waitFor();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await page.unroute(/./);
  await page.getByRole("main").getByRole("button", { name: "Try again" }).last().click();
  await page.getByRole("heading", { name: "Guides" }).waitFor();
  await ada.close();
});

test("odd addresses lead to a page, and never away", async () => {
  const visitor = await openVisitor(server);
  const { page } = visitor;
  visitor.expect(/^404 GET .*\/services\//);
  for (const next of ["/\t/", "/\t/[", "//evil.example", "javascript:alert(1)", "/\\evil.example", "/x\n//evil.example"]) {
    await visitor.open(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").waitFor();
  }
  await visitor.enter("ada@example.com");
  for (const document of ["/licenses.txt", "/openapi.json", "/reference"]) {
    await page.goto(`/login?next=${encodeURIComponent(document)}`);
    await page.waitForURL((url) => url.pathname === document);
  }
  for (const path of ["/documents/__proto__", "/documents/constructor", "/guides/__proto__", "/services/nope"]) {
    await visitor.open(path);
    await page.locator("h1").first().waitFor();
    assert.equal(await page.getByText("Something went wrong").count(), 0, path);
  }
  await visitor.close();
});
