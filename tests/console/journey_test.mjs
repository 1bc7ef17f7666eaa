// journey_test.mjs: one user's first hour, by clicking: register on the way to Acquire, make a token, make videos, extend
// one, begin one with a picture, cancel one, call from a terminal, revoke the token.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { closeBrowser, openBrowser, openVisitor, steps } from "./support/browser.mjs";
import { picture } from "./support/picture.mjs";
import { PASSWORD, SERVICE, Server, waitFor } from "./support/server.mjs";
import { card, create, done, played, progressOf } from "./support/studio.mjs";

const run = promisify(execFile);
let server;

before(async () => {
  server = await Server.start("--workers", "1");
  await openBrowser();
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

test("a stranger becomes a user, makes videos and calls from a terminal", async (t) => {
  const ada = await openVisitor(server);
  const { page } = ada;
  const step = steps(t, ada);

  await step("Acquire sends to register, comes back, and goes on by itself", async () => {
    await ada.open(`/services/${SERVICE}`);
    await ada.button("Acquire").click();
    await page.waitForURL(/\/login\?next=/);
    await page.getByRole("main").getByRole("link", { name: "Register" }).click();
    await page.getByRole("heading", { name: "Register" }).waitFor(); // The address changes before the page does.
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await ada.button("Create the account").click();
    await page.waitForURL((url) => url.pathname.startsWith("/services/"));
    await page.getByText("The service is yours, with 10 Credits to spend.").waitFor();
    assert.equal(new URL(page.url()).search, "");
    // Once: nothing is acquired again by a reload.
    await page.reload();
    await page.getByText("10 Credits").first().waitFor();
  });

  let token = "";
  await step("a token is shown once, with a call to copy", async () => {
    await page.getByRole("link", { name: "Make a key" }).click();
    await page.getByRole("region", { name: "Luma Video Generation API" }).getByRole("button", { name: "New token" }).click();
    await page.getByLabel("Name").fill("terminal");
    await ada.button("Make the token").click();
    await page.getByRole("heading", { name: "Your new token" }).waitFor();
    await page.locator("code", { hasText: /^[0-9a-f]{32}$/ }).waitFor();
    token = await page.locator("code", { hasText: /^[0-9a-f]{32}$/ }).innerText();
    await ada.button("Copy").first().click();
    assert.equal(await ada.clipboard(), token);
    await ada.button("Copy the call").click();
    const line = await ada.clipboard();
    assert.match(line, /^curl /);
    assert.ok(line.includes(token));
    // It is nowhere that outlives the page.
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    assert.ok(!kept.includes(token));
    const answer = JSON.parse((await run("bash", ["-c", line])).stdout);
    assert.equal(answer.success, true);
    assert.match(answer.video_url, /\.mp4$/);
    await page.reload();
    await page.getByText("terminal").waitFor();
    assert.equal(await page.getByText(token).count(), 0);
  });

  await step("a video is made by clicking, and its progress moves", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Studio" }).click();
    await create(ada, "A fox runs through the snow");
    const seen = await progressOf(ada, "A fox runs through the snow");
    assert.ok(seen.length >= 3, `progress was seen at ${seen}`);
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
    await done(ada, "A fox runs through the snow");
  });

  await step("it plays", async () => {
    assert.ok((await played(ada, "A fox runs through the snow")) > 0.3);
  });

  await step("it goes on from its end", async () => {
    await card(ada, "A fox runs through the snow").getByRole("button", { name: "Extend" }).click();
    await page.getByText("Five more seconds").waitFor();
    await page.getByLabel("What the video shows").fill("The fox meets a bear");
    await page.getByRole("main").getByLabel("New video").getByRole("button", { name: /^Extend/ }).click();
    await done(ada, "The fox meets a bear");
    const seconds = await card(ada, "The fox meets a bear").locator("video").evaluate(
      (video) => new Promise((resolve) => {
        if (video.readyState > 0) resolve(video.duration);
        else video.addEventListener("loadedmetadata", () => resolve(video.duration), { once: true });
        video.load();
      }),
    );
    assert.ok(Math.abs(seconds - 10) < 0.3, `${seconds} s`);
  });

  await step("a picture that is dragged in is its first frame", async () => {
    await page.reload();
    await ada.settle();
    await page.getByRole("textbox", { name: "What the video shows" }).fill("The picture comes alive");
    const data = await page.evaluateHandle((bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], "red.png", { type: "image/png" }));
      return transfer;
    }, picture(640, 360, [220, 30, 30]).toString("base64"));
    const composer = page.getByLabel("New video");
    await composer.dispatchEvent("dragenter", { dataTransfer: data });
    await composer.dispatchEvent("dragover", { dataTransfer: data });
    await composer.dispatchEvent("drop", { dataTransfer: data });
    await ada.button("Remove the first frame").waitFor();
    await page.locator('.studio-slot[data-state="ready"]').waitFor();
    await ada.button(/^Create/).click();
    await done(ada, "The picture comes alive");
    // Its first frame is that picture.
    const colour = await card(ada, "The picture comes alive").locator("video").evaluate(async (video) => {
      video.pause();
      if (video.readyState < 2) {
        await new Promise((resolve) => {
          video.addEventListener("loadeddata", resolve, { once: true });
          video.preload = "auto";
          video.load();
        });
      }
      const canvas = document.createElement("canvas");
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      const paper = canvas.getContext("2d");
      paper.drawImage(video, 0, 0);
      return [...paper.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data.slice(0, 3)];
    });
    assert.ok(colour[0] > 180 && colour[1] < 90 && colour[2] < 90, `the first frame is ${colour}`);
  });

  await step("one under way is cancelled, and costs nothing", async () => {
    await server.pause();
    await create(ada, "A whale sings in the deep");
    await card(ada, "A whale sings in the deep").getByRole("button", { name: "Cancel" }).click();
    await card(ada, "A whale sings in the deep").getByText("You cancelled it.").waitFor();
    await page.getByText("6 videos left").waitFor();
    await server.resume();
  });

  await step("its code is a curl line that runs", async () => {
    const fox = card(ada, "A fox runs through the snow");
    await fox.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Show as code" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Copy" }).click();
    const code = await ada.clipboard();
    assert.match(code, /A fox runs through the snow/);
    assert.ok(code.includes("YOUR_API_TOKEN"));
    const { stdout } = await run("bash", ["-c", code.replaceAll("YOUR_API_TOKEN", token)]);
    assert.match(stdout, /"success":\s*true/);
    await dialog.getByRole("button", { name: "Close" }).click();
  });

  await step("a revoked token is refused", async () => {
    await ada.open("/keys");
    await ada.button(/^Revoke: terminal/).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("No token yet").waitFor();
    const answer = await server.call("POST", "/luma/videos", { prompt: "x" }, token);
    assert.equal(answer.status, 401);
  });

  await step("all of it stands in the usage, with its trace ids", async () => {
    await ada.open("/usage");
    const rows = page.getByRole("table").last().getByRole("row");
    await waitFor(async () => (await rows.count()) >= 7, "usage rows");
  });
  await ada.close();
});
