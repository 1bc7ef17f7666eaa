// restart_test.mjs: a page that is reloaded in the middle of a render, and a server that is killed there and comes back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor, steps } from "./support/browser.mjs";
import { SERVICE, Server, waitFor } from "./support/server.mjs";
import { card, create, done } from "./support/studio.mjs";

let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "1", "--threads", "1"), openBrowser()]);
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

test("the work goes on, and the page with it", async (t) => {
  await server.register("ada@example.com");
  const ada = await openVisitor(server);
  const { page } = ada;
  const step = steps(t, ada);
  const prompt = "A castle in the mountains with fireworks";
  const state = () => card(ada, prompt).getByRole("progressbar").evaluate((bar) => bar.value);

  await step("a reload in the middle of a render finds it again", async () => {
    await ada.logIn("ada@example.com");
    await ada.open(`/services/${SERVICE}`);
    await ada.button("Acquire").click();
    await page.getByText("The service is yours").waitFor();
    await ada.open("/");
    await create(ada, prompt);
    await waitFor(async () => (await state()) > 5, "it is drawn");
    await server.pause();
    await page.reload();
    await card(ada, prompt).getByRole("progressbar").waitFor();
    await server.resume();
  });

  await step("a preview of the frame being drawn is shown", async () => {
    await card(ada, prompt).getByRole("img", { name: "The frame being drawn" }).waitFor();
    await server.pause();
  });

  await step("a killed server is told of, and nothing is lost", async () => {
    // From now until it is back, calls fail; nothing else may.
    ada.expect(/net::ERR_|^5\d\d /);
    await server.kill();
    await card(ada, prompt).getByText("No connection. It goes on; so do we.").waitFor();
    await server.run();
    await done(ada, prompt);
    assert.equal(await page.getByText("No connection").count(), 0);
  });

  await step("a page that is opened while the server is away says so, and goes on when it is back", async () => {
    await page.route("**/api/v1/**", (route) => route.abort("connectionrefused"));
    await page.reload();
    await page.getByText("The server cannot be reached").first().waitFor();
    assert.equal(await page.getByRole("link", { name: "Log in" }).count(), 0);
    await page.unroute("**/api/v1/**");
    await ada.button("Try again").first().click();
    await card(ada, prompt).locator("video").waitFor();
  });
  await ada.close();
});
