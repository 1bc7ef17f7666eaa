// doors_test.mjs: the ways in: the owner's first link, invitations, a server that takes nobody, a forgotten password, and
// what people see who mistype.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor } from "./support/browser.mjs";
import { PASSWORD, Server } from "./support/server.mjs";

let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "0", "--registration", "invite"), openBrowser()]);
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

/** Of a link that an administrator made for another host name of the server. */
const here = (link) => new URL(link).pathname + new URL(link).hash;

test("the link of a first start sets the owner's password, once", async () => {
  assert.ok(server.said.includes(server.owner.setup_url), "the greeting has the link");
  const owner = await openVisitor(server);
  const { page } = owner;
  await owner.open(here(server.owner.setup_url));
  assert.equal(new URL(page.url()).hash, "", "the code stays neither in the address nor in the history");
  await page.getByLabel("New password").fill("short");
  await page.getByLabel("The same once more").fill("short");
  await owner.button("Set the password and log in").click();
  await page.getByText("This needs at least 8 characters.").waitFor();
  await page.getByLabel("New password").fill(PASSWORD);
  await owner.button("Set the password and log in").click();
  await page.getByText("The two are not the same.").waitFor();
  await page.getByLabel("The same once more").fill(PASSWORD);
  await owner.button("Set the password and log in").click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.getByRole("link", { name: "Admin" }).waitFor();
  assert.deepEqual(await owner.violations(), []);
  await owner.close();

  const second = await openVisitor(server);
  second.expect(/^400 POST .*\/password-resets\/confirm\/$/);
  await second.open(here(server.owner.setup_url));
  await second.page.getByLabel("New password").fill(PASSWORD);
  await second.page.getByLabel("The same once more").fill(PASSWORD);
  await second.button("Set the password and log in").click();
  await second.page.getByText("This link is unknown, was used already, or its time is over.").waitFor();
  assert.deepEqual(await second.violations(), []);
  await second.close();
});

test("who is invited registers, and nobody else", async () => {
  const stranger = await openVisitor(server);
  stranger.expect(/^(400|403) POST .*\/users\/$/);
  await stranger.open("/register");
  const { page } = stranger;
  await page.getByLabel("E-mail").fill("mallory@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await stranger.button("Create the account").click();
  await page.getByText("This is needed.").waitFor();
  await page.getByLabel("Invitation code").fill("00000000000000000000000000000000");
  await stranger.button("Create the account").click();
  await page.locator("#content").getByText(/invitation/i).last().waitFor();
  await page.getByRole("alert").or(page.locator(".wrong")).first().waitFor();
  assert.equal(new URL(page.url()).pathname, "/register");
  await stranger.close();

  const said = await server.admin("invite");
  const link = /https?:\/\/[^\s"]+/.exec(said)[0];
  const ada = await openVisitor(server);
  await ada.open(here(link));
  await ada.page.getByLabel("E-mail").fill("ada@example.com");
  await ada.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.button("Create the account").click();
  await ada.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Keys" }).waitFor();
  await ada.close();
});

test("a wrong password says so in plain words, and where to go is no way out of the server", async () => {
  const visitor = await openVisitor(server);
  visitor.expect(/^401 POST .*\/sessions\/$/);
  const { page } = visitor;
  await visitor.open("/login?next=" + encodeURIComponent("//evil.example/"));
  await page.getByLabel("E-mail").fill(server.owner.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.locator("form").getByRole("button", { name: "Log in" }).click();
  const note = page.getByRole("alert");
  await note.waitFor();
  assert.match(await note.innerText(), /Trace id: [0-9a-f-]{36}/);
  assert.deepEqual(await visitor.violations(), []);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.locator("form").getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(`${server.url}/`);
  await visitor.close();
});

test("the password is changed, sessions elsewhere end, and the account is deleted", async () => {
  const said = await server.admin("invite");
  const link = /https?:\/\/[^\s"]+/.exec(said)[0];
  const eve = await openVisitor(server);
  const { page } = eve;
  await eve.open(here(link));
  await page.getByLabel("E-mail").fill("grace@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await eve.button("Create the account").click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Keys" }).waitFor();

  const elsewhere = await openVisitor(server);
  elsewhere.expect(/^401 /);
  await elsewhere.enter("grace@example.com");

  await eve.open("/account");
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByLabel("New password").fill("another good one");
  await eve.button("Change the password").click();
  await page.getByText("The password is changed.").waitFor();
  await elsewhere.open("/account");
  await elsewhere.page.getByRole("main").getByRole("link", { name: "Log in" }).or(elsewhere.page.getByRole("heading", { name: "Log in" })).first().waitFor();
  await elsewhere.close();

  await eve.button("Delete the account…").click();
  const dialog = page.getByRole("dialog");
  // A press that begins inside and ends beside the dialog does not close it.
  const box = await dialog.boundingBox();
  await page.mouse.move(box.x + 30, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x - 40, box.y + 30);
  await page.mouse.up();
  assert.equal(await dialog.count(), 1);
  await dialog.getByLabel("Your password").fill("another good one");
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("link", { name: "Log in" }).first().waitFor();
  const answer = await server.call("POST", "/api/v1/sessions/", { email: "grace@example.com", password: "another good one" });
  assert.equal(answer.status, 401);
  await eve.close();
});
