// reference_test.mjs: the reference, with calls that are tried as the person who is logged in.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { closeBrowser, openBrowser, openVisitor, steps } from "./support/browser.mjs";
import { PASSWORD, SERVICE, Server } from "./support/server.mjs";

const run = promisify(execFile);
let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "1"), openBrowser()]);
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

// The viewer's own check of the document stumbles over fields named `type`.
const VIEWER = /^console: (document validation errors: |\[Object, Object\])$/;
// Buttons inside of buttons, which cannot be mended from without.
const without = [".parameter-item-trigger"];

test("calls are tried in the reference", async (t) => {
  await server.register("ada@example.com");
  const ada = await openVisitor(server, { viewport: { width: 1440, height: 900 } });
  ada.expect(VIEWER);
  const { page } = ada;
  const step = steps(t, ada);
  const form = page.getByRole("dialog", { name: "API Client" });
  const openForm = async () => {
    await page.locator(".show-api-client-button", { hasText: "/luma/videos" }).first().click();
    await form.waitFor();
  };
  const send = () => form.getByRole("button", { name: /Send post request/i }).click();
  const toVideos = async () => {
    await ada.open("/reference#tag/videos/POST/luma/videos");
    await page.locator(".show-api-client-button", { hasText: "/luma/videos" }).first().waitFor();
  };

  await step("who tries a call without a session logs in and comes back to it", async () => {
    await toVideos();
    await openForm();
    await send();
    await page.waitForURL(/\/login\?next=/);
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.locator("form").getByRole("button", { name: "Log in" }).click();
    await page.waitForURL(/\/reference/);
    await form.waitFor();
    // Without a key there is nothing to call with: it says what to do, in the viewer's log too, and calls nothing.
    ada.expect(/^console: Error: You have no key for this yet/);
    await send();
    await page.getByText("You have no key for this yet.").first().waitFor();
  });

  await step("a call is made with the session and the chosen key", async () => {
    await ada.open(`/services/${SERVICE}`);
    await ada.button("Acquire").click();
    await page.getByText("The service is yours").waitFor();
    await page.getByRole("link", { name: "Make a key" }).click();
    await page.getByRole("region", { name: "Luma Video Generation API" }).getByRole("button", { name: "New token" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("website");
    await ada.button("Make the token").click();
    await ada.button("I have kept it").click();
    await toVideos();
    await openForm();
    const [request] = await Promise.all([page.waitForRequest((one) => one.url().endsWith("/luma/videos")), send()]);
    const headers = await request.allHeaders();
    assert.match(headers["x-credential-id"], /^[0-9a-f-]{36}$/);
    assert.match(headers["x-csrf-token"], /^[0-9a-f]{32}$/);
    assert.equal(headers.authorization, undefined);
    await form.getByText("200 OK").waitFor();
    await form.getByText(/"success"/).first().waitFor();
    assert.deepEqual(await ada.violations({ without }), []);
  });

  await step("Accept is chosen, and a stream is shown as it is", async () => {
    const row = form.getByRole("row").filter({ hasText: "Accept" }).last();
    await row.getByRole("button", { name: "application/json" }).click();
    await page.getByRole("menuitem", { name: "application/x-ndjson" }).or(page.getByRole("option", { name: "application/x-ndjson" })).first().click();
    await form.locator('[class*="line-through"]').first().waitFor(); // The viewer's default, which does not hold any more.
    const [request] = await Promise.all([page.waitForRequest((one) => one.url().endsWith("/luma/videos")), send()]);
    assert.equal((await request.allHeaders()).accept, "application/x-ndjson");
    await form.getByText(/"progress"/).first().waitFor();
    await form.getByText(/"success":true/).first().waitFor();
    await page.keyboard.press("Escape");
  });

  await step("a new token stands in the code, in memory only, and the code runs", async () => {
    await toVideos();
    await ada.button("A new token for the code").click();
    await ada.button("Out of the code").waitFor();
    const token = await page.locator(".fresh-strip code").innerText();
    const code = page.locator("code", { hasText: `Bearer ${token}` }).first();
    await code.waitFor();
    const text = (await code.innerText()).replace(/^\d+$/gm, "");
    for (const status of [401, 403, 429, 500]) assert.ok(text.includes(String(status)), `${status} is checked`);
    const { stdout } = await run("bash", ["-c", text]);
    assert.match(stdout, /"success":\s*true/);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    assert.ok(!kept.includes(token));
    await page.reload();
    await ada.button("A new token for the code").waitFor();
    assert.equal(await page.getByText(token).count(), 0);
  });

  await step("there is code in six languages", async () => {
    await toVideos();
    await page.getByRole("button", { name: /^Shell/ }).last().click();
    for (const language of ["Shell", "Python", "JavaScript", "Java", "Go", "PHP"]) {
      assert.ok((await page.getByRole("option", { name: language, exact: true }).or(page.getByRole("menuitem", { name: language, exact: true })).count()) > 0, language);
    }
  });
  await ada.close();
});
