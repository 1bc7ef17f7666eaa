// admin_test.mjs: what an administrator does by clicking, and that users may not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor, steps } from "./support/browser.mjs";
import { PASSWORD, Server } from "./support/server.mjs";

let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "1"), openBrowser()]);
  await server.setOwnerPassword();
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

test("users, money, prices and the trail", async (t) => {
  const ada = await server.register("ada@example.com");
  const owner = await openVisitor(server);
  const { page } = owner;
  const step = steps(t, owner);
  await owner.logIn(server.owner.email);

  await step("a balance is topped up", async () => {
    await owner.open(`/admin/users/${ada.id}`);
    await owner.button(/^Top up/).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Amount").fill("25");
    assert.deepEqual(await owner.violations(), []);
    await dialog.getByLabel("Note").fill("invoice 7");
    await dialog.getByRole("button", { name: "Top up" }).click();
    await page.getByText("25 were added. The balance is 25 now.").waitFor();
    await owner.open("/admin/top-ups");
    await page.getByText("invoice 7").waitFor();
  });

  await step("a price is changed, and the public page says so", async () => {
    await owner.open("/admin/services");
    await owner.button(/^Change/).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/Price of a call/).fill("2.5");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("“Luma Video Generation” is changed.").waitFor();
    await owner.open("/services/luma");
    await page.getByText("2.5 Credits a call").waitFor();
  });

  await step("a user is made by a link", async () => {
    await owner.open("/admin/users");
    await owner.button("New user").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail address").fill("bob@example.com");
    await dialog.getByRole("button", { name: "Make the user" }).click();
    await page.getByText("Set-up link for bob@example.com").waitFor();
    assert.match(await page.getByLabel("Set-up link", { exact: true }).inputValue(), /\/setup#code=[0-9a-f]+$/);
    await owner.button("I have it, hide this").click();
    assert.equal(await page.getByLabel("Set-up link", { exact: true }).count(), 0);
    await page.getByText("bob@example.com").first().waitFor();
  });

  await step("a user is disabled, and enabled again", async () => {
    await owner.open(`/admin/users/${ada.id}`);
    await owner.button("Disable user").click();
    await page.getByRole("dialog").getByRole("button", { name: "Disable user" }).click();
    await page.getByText("ada@example.com is disabled.").waitFor();
    const refused = await server.call("POST", "/api/v1/sessions/", { email: "ada@example.com", password: PASSWORD });
    assert.notEqual(refused.status, 201);
    await owner.button("Enable user").click();
    await page.getByRole("dialog").getByRole("button", { name: "Enable user" }).click();
    await page.getByText("ada@example.com is enabled.").waitFor();
  });

  await step("a task of any user is seen, and cancelled", async () => {
    await server.pause();
    await server.call("POST", "/luma/videos", { prompt: "A robot", async: true }, server.owner.api_token);
    await owner.open("/admin/tasks");
    await page.getByRole("link", { name: "A robot" }).click();
    await owner.button("Cancel the task").click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the task" }).click();
    await page.getByText("The task is cancelled.").waitFor();
    await server.resume();
  });

  await step("the workers are alive, the books add up, and all of it is in the trail", async () => {
    await owner.open("/admin");
    await page.getByText("They add up").waitFor();
    await page.getByText("workers alive: 1").waitFor();
    await owner.open("/admin/audit");
    for (const act of ["Made a user", "Changed a user", "Changed a service"]) {
      await page.getByRole("cell", { name: act }).first().waitFor();
    }
    assert.ok((await page.getByRole("main").getByRole("row").count()) >= 5);
  });
  await owner.close();
});

test("a user is shown no administration", async () => {
  await server.register("carl@example.com");
  const carl = await openVisitor(server);
  await carl.enter("carl@example.com");
  await carl.open("/admin/users");
  await carl.page.getByRole("heading", { name: "For administrators" }).waitFor();
  assert.equal(await carl.page.getByRole("link", { name: "Admin" }).count(), 0);
  await carl.close();
});
