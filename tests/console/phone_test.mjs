// phone_test.mjs: the same on a phone: register on the way to Create, make a video by touch, look at everything it opens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor, steps } from "./support/browser.mjs";
import { PASSWORD, Server } from "./support/server.mjs";
import { card, done, played } from "./support/studio.mjs";

let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "1"), openBrowser()]);
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

test("a first video on a phone", async (t) => {
  const ada = await openVisitor(server, { phone: true, theme: "dark" });
  const { page } = ada;
  const step = steps(t, ada);
  const fits = async (where) => assert.equal(await ada.overflow(), 0, `${where} is wider than the window`);
  const prompt = "A sailing ship on a stormy sea";

  await step("Create asks who one is, and goes on by itself", async () => {
    await ada.open("/");
    await page.getByRole("textbox", { name: "What the video shows" }).fill(prompt);
    await page.getByRole("radio", { name: "9:16" }).tap();
    await ada.button(/^Create/).tap();
    await page.waitForURL(/\/(login|register)\?next=/);
    await fits("the log-in");
    const register = page.getByRole("main").getByRole("link", { name: "Register" });
    await register.tap();
    await page.getByRole("heading", { name: "Register" }).waitFor(); // The address changes before the page does.
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await ada.button("Create the account").tap();
    await page.waitForURL((url) => url.pathname === "/");
    // What was written is still there; the service comes with a word of what it costs.
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/With it come 10 free videos/).waitFor();
    await dialog.getByRole("button", { name: /Get 10 free videos/ }).tap();
    await card(ada, prompt).waitFor();
    await done(ada, prompt);
    await fits("the studio");
  });

  await step("it is as tall as was asked, and plays", async () => {
    const size = await card(ada, prompt).locator("video").evaluate((video) => [video.width, video.height]);
    assert.ok(size[1] > size[0], `${size}`);
    assert.ok((await played(ada, prompt)) > 0.3);
  });

  await step("what the menus open fits", async () => {
    await card(ada, prompt).getByRole("button", { name: "More" }).tap();
    await page.getByRole("menuitem", { name: "Details" }).tap();
    await page.getByRole("dialog").getByText("Seed").waitFor();
    await fits("details");
    assert.deepEqual(await ada.violations(), []);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).tap();
    await ada.button("Code").tap();
    await page.getByRole("dialog").getByRole("tab", { name: "Python" }).tap();
    await fits("code");
    assert.deepEqual(await ada.violations(), []);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  await step("the current page is in sight in the row of links", async () => {
    await page.goto("/guides");
    await ada.settle();
    const link = page.getByRole("navigation", { name: "Main" }).locator('[aria-current="page"]');
    const box = await link.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 391, JSON.stringify(box));
  });

  await step("the language is chosen and kept", async () => {
    await ada.button("Account").tap();
    await page.getByRole("menuitemradio", { name: "中文" }).tap();
    await page.getByRole("heading", { level: 1 }).filter({ hasText: "指南" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1 }).filter({ hasText: "指南" }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  });

  await step("logging out leaves nothing of the user", async () => {
    await page.goto("/keys");
    await page.getByRole("button", { name: "账户" }).tap();
    await page.getByRole("menuitem", { name: "退出登录" }).tap();
    await page.waitForURL((url) => url.pathname === "/");
    await page.goto("/keys");
    await page.getByRole("main").getByRole("link", { name: "登录" }).first().waitFor();
    assert.equal(await page.getByText("Luma Video Generation").count(), 0);
  });
  await ada.close();
});
