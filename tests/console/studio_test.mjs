// studio_test.mjs: the box and the history: pasted, dropped and linked pictures, files that do not fit, settings used again,
// search, filters, endless scrolling, deletion. No worker runs, so tasks stay as they are.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor, steps } from "./support/browser.mjs";
import { picture } from "./support/picture.mjs";
import { Server, waitFor } from "./support/server.mjs";
import { card } from "./support/studio.mjs";

const TASKS = 60;
let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "0"), openBrowser()]);
  await server.setOwnerPassword();
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

/** A DataTransfer with one file, in the page. */
function transfer(page, bytes, name, type) {
  return page.evaluateHandle(
    ([text, fileName, fileType]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], fileName, { type: fileType }));
      return data;
    },
    [bytes.toString("base64"), name, type],
  );
}

test("what goes into the box", async (t) => {
  const owner = await openVisitor(server);
  const { page } = owner;
  const step = steps(t, owner);
  const composer = page.getByLabel("New video");
  const prompt = page.getByRole("textbox", { name: "What the video shows" });
  const lastRequest = async () => {
    const list = await server.call("POST", "/luma/tasks", { action: "retrieve_batch", limit: 1 }, server.owner.api_token);
    return list.json.items[0]?.request;
  };
  await owner.logIn(server.owner.email);

  await step("nothing at all is refused in plain words, and the box has the focus", async () => {
    await owner.button(/^Create/).click();
    await page.getByText("Say what the video shall show, or add a picture.").waitFor();
    assert.equal(await prompt.evaluate((box) => box === document.activeElement), true);
    assert.deepEqual(await owner.violations(), []);
  });

  await step("chips write into the prompt, and take it out again", async () => {
    await prompt.fill("A lighthouse");
    await owner.button("Watercolour").click();
    assert.match(await prompt.inputValue(), /A lighthouse.*watercolou?r/i);
    await owner.button("Watercolour").click();
    assert.equal(await prompt.inputValue(), "A lighthouse");
  });

  await step("a picture is pasted, another is dropped, a text file is refused", async () => {
    const paste = await transfer(page, picture(320, 180, [20, 90, 200]), "blue.png", "image/png");
    await prompt.evaluate((box, data) => box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })), paste);
    await owner.button("Remove the first frame").waitFor();
    const drop = await transfer(page, picture(320, 180, [200, 90, 20]), "orange.png", "image/png");
    await composer.dispatchEvent("drop", { dataTransfer: drop });
    await owner.button("Remove the last frame").waitFor();
    await waitFor(async () => (await page.locator('.studio-slot[data-state="ready"]').count()) === 2, "both are sent");
    await owner.button("Remove the last frame").click();
    const text = await transfer(page, Buffer.from("not a picture"), "notes.txt", "text/plain");
    await composer.dispatchEvent("drop", { dataTransfer: text });
    await page.getByText("This kind of file does not fit here.").first().waitFor();
  });

  await step("what is no picture inside is refused by the server, in its words", async () => {
    owner.expect(/^400 POST .*\/files\/$|^400 POST .*\/api\/v1\/files\//);
    const fake = await transfer(page, Buffer.from("only its name says that it is a picture"), "photo.png", "image/png");
    await composer.dispatchEvent("drop", { dataTransfer: fake });
    await page.locator('.studio-slot[data-state="failed"]').getByRole("alert").waitFor();
    await owner.button("Remove the last frame").click();
  });

  await step("a picture is named by its address", async () => {
    await owner.button("Last frame from a link").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("ftp://example.com/a.png");
    await dialog.getByRole("button", { name: "Use it" }).click();
    await page.getByText("Give an address that begins with http:// or https://.").waitFor();
    await dialog.getByLabel("Address").fill("https://example.com/end.png");
    await dialog.getByRole("button", { name: "Use it" }).click();
    await owner.button("Remove the last frame").waitFor();
  });

  await step("all of it is in the call", async () => {
    await page.getByText("More settings").click();
    await page.getByLabel("Seed").fill("-3");
    await page.getByText("A whole number, 0 or more.").waitFor();
    await page.getByLabel("Seed").fill("42");
    await page.getByRole("switch", { name: "Loop" }).click();
    await prompt.press("Control+Enter");
    const request = await waitFor(lastRequest, "the task is there");
    assert.equal(request.prompt, "A lighthouse");
    assert.match(request.start_image_url, /\/files\/|\/media\/|^https?:/);
    assert.equal(request.end_image_url, "https://example.com/end.png");
    assert.equal(request.seed, 42);
    assert.equal(request.loop, true);
  });

  await step("it is cancelled, its settings are used again, and it is deleted", async () => {
    await card(owner, "A lighthouse").getByRole("button", { name: "Cancel" }).click();
    await card(owner, "A lighthouse").getByText("You cancelled it.").waitFor();
    await page.reload();
    await owner.settle();
    await card(owner, "A lighthouse").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Use these settings" }).click();
    assert.equal(await prompt.inputValue(), "A lighthouse");
    await owner.button("Remove the last frame").waitFor();
    await card(owner, "A lighthouse").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("Deleted.").waitFor();
    await card(owner, "A lighthouse").waitFor({ state: "detached" });
  });
  await owner.close();
});

test("a long history", async (t) => {
  for (let k = 1; k <= TASKS; ++k) {
    const body = { prompt: `Scene ${k} of the film${k === 3 ? " with a zebra" : ""}`, async: true };
    const taken = await server.call("POST", "/luma/videos", body, server.owner.api_token);
    assert.equal(taken.status, 200, taken.text);
  }
  const owner = await openVisitor(server);
  const { page } = owner;
  const step = steps(t, owner);
  await owner.enter(server.owner.email);
  const cards = page.locator(".studio-grid > *");

  await step("it goes on as one scrolls, to its end", async () => {
    await owner.open("/");
    await cards.first().waitFor();
    const first = await cards.count();
    assert.ok(first < TASKS, `${first} at first`);
    await waitFor(async () => {
      await page.mouse.wheel(0, 4000);
      return (await cards.count()) === TASKS;
    }, "all are there");
    assert.equal(await page.getByRole("heading", { name: "Scene 1 of the film", exact: true }).count(), 1);
  });

  await step("words find what was asked long ago", async () => {
    await page.reload();
    await owner.settle();
    await page.getByRole("searchbox").fill("zebra");
    await page.getByRole("heading", { name: "Scene 3 of the film with a zebra" }).waitFor();
    await waitFor(async () => (await cards.count()) === 1, "only that");
    await page.getByRole("searchbox").fill("no such thing");
    await page.getByText("Nothing fits.").waitFor();
    await page.getByRole("searchbox").fill("");
    await page.getByLabel("State").selectOption({ label: "Done" });
    await page.getByText("Nothing fits.").waitFor();
  });
  await owner.close();
});
