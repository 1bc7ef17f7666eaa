// keys_test.mjs: tokens with limits, rotation, the general balance, callbacks sent again, usage as a table and as CSV.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor, steps } from "./support/browser.mjs";
import { SERVICE, Server, waitFor } from "./support/server.mjs";

let server;
let receiver;
let isBroken = true;
const received = [];

before(async () => {
  receiver = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      received.push(request.headers["webhook-id"]);
      response.writeHead(isBroken ? 500 : 204).end(isBroken ? "out of order" : undefined);
    });
  });
  await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  [server] = await Promise.all([Server.start("--workers", "1"), openBrowser()]);
});
after(async () => {
  await closeBrowser();
  receiver?.close();
  receiver?.closeAllConnections();
  await server?.stop();
});

test("keys, deliveries and usage", async (t) => {
  await server.register("ada@example.com");
  const ada = await openVisitor(server);
  const { page } = ada;
  const step = steps(t, ada);
  const region = page.getByRole("article", { name: "Luma Video Generation", exact: true });
  const tokenText = () => page.locator("code", { hasText: /^[0-9a-f]{32}$/ }).innerText();
  let token = "";

  await ada.logIn("ada@example.com");
  await ada.open(`/services/${SERVICE}`);
  await ada.button("Acquire").click();
  await page.getByText("The service is yours").waitFor();

  await step("a token with a limit is used up", async () => {
    await ada.open("/keys");
    await region.getByRole("button", { name: "New token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("limited");
    await dialog.getByLabel(/Spending limit/).fill("-1");
    await dialog.getByRole("button", { name: "Make the token" }).click();
    await page.getByText(/Enter a number from 0/).waitFor();
    assert.deepEqual(await ada.violations(), []);
    await dialog.getByLabel(/Spending limit/).fill("1");
    await dialog.getByRole("button", { name: "Make the token" }).click();
    token = await tokenText();
    const callback = `http://127.0.0.1:${receiver.address().port}/`;
    const taken = await server.call("POST", "/luma/videos", { prompt: "A red balloon", callback_url: callback }, token);
    assert.equal(taken.status, 200, taken.text);
    const refused = await server.call("POST", "/luma/videos", { prompt: "Another" }, token);
    assert.equal(refused.status, 403);
    await waitFor(() => received.length > 0, "the callback is tried");
    await page.reload();
    await page.getByText("Used up").waitFor();
  });

  await step("a rotated token is another one", async () => {
    await ada.button(/^Rotate: limited/).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("heading", { name: "The token’s new value" }).waitFor();
    const next = await tokenText();
    assert.notEqual(next, token);
    assert.equal((await server.call("POST", "/luma/tasks", { action: "retrieve_batch" }, token)).status, 401);
    assert.equal((await server.call("POST", "/luma/tasks", { action: "retrieve_batch" }, next)).status, 200);
    await ada.button("I have kept it").click();
    assert.equal(await page.getByText(next).count(), 0);
  });

  await step("the general balance is switched on, and the callback secret is shown when it is asked for", async () => {
    const toggle = region.getByRole("switch", { name: "Use the general balance too" });
    await toggle.click();
    await waitFor(() => toggle.isChecked(), "it is on");
    await page.reload();
    await waitFor(() => toggle.isChecked(), "it stays on");
    assert.equal(await page.getByText(/whsec_[A-Za-z0-9+/]{20}/).count(), 0);
    await region.getByRole("button", { name: "Reveal" }).click();
    await region.getByText(/whsec_[A-Za-z0-9+/]{20}/).waitFor();
  });

  await step("a delivery shows its attempts and is sent again", async () => {
    await ada.open("/deliveries");
    await page.getByText("Attempts:").first().click();
    await page.getByText("Status 500").first().waitFor();
    await page.getByText("out of order").first().waitFor();
    assert.deepEqual(await ada.violations(), []);
    isBroken = false;
    await ada.button("Send again").click();
    await page.getByText("Delivered").last().waitFor();
    assert.equal(new Set(received).size, 1, "each attempt has the same id");
  });

  await step("usage is a table with trace ids, filtered, and a file", async () => {
    await ada.open("/usage");
    const table = page.getByRole("table").last();
    await waitFor(async () => (await table.getByRole("row").count()) === 2, "one call");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Download CSV").click()]);
    const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
    assert.equal(lines.length, 2);
    assert.match(lines[0], /trace_id/);
    await page.getByRole("textbox", { name: "Trace id" }).fill("not an id");
    await ada.button("Search").click();
    await page.getByRole("main").getByText(/whole id|not an id|No call|Nothing/i).first().waitFor();
  });
  await ada.close();
});
