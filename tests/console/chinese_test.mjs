// chinese_test.mjs: what the server says, in a page that is Chinese: it speaks English, and the page has words for it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { closeBrowser, openBrowser, openVisitor } from "./support/browser.mjs";
import { picture } from "./support/picture.mjs";
import { Server } from "./support/server.mjs";

let server;

before(async () => {
  [server] = await Promise.all([Server.start("--workers", "1"), openBrowser()]);
  await server.setOwnerPassword();
  await server.register("ada@example.com");
});
after(async () => {
  await closeBrowser();
  await server?.stop();
});

const open = () => openVisitor(server, { lang: "zh-CN" });

test("the doors say in Chinese why they stay shut", async () => {
  const visitor = await open();
  const { page } = visitor;
  visitor.expect(/^(401|409|400) POST /);
  await visitor.open("/login");
  await page.getByLabel("电子邮箱").fill("ada@example.com");
  await page.getByLabel("密码", { exact: true }).fill("wrong horse battery");
  await page.locator("form").getByRole("button", { name: "登录" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await alert.getByText("电子邮箱或密码不正确。").waitFor();
  await alert.getByText("追踪编号").waitFor();

  await visitor.open("/register");
  await page.getByLabel("电子邮箱").fill("ada@example.com");
  await page.getByLabel("密码", { exact: true }).fill("correct horse battery");
  await page.locator("form").getByRole("button").last().click();
  await page.locator(".wrong").getByText("该电子邮箱已有账户，可直接登录或重设密码。").waitFor();
  await page.getByLabel("电子邮箱").fill("ada");
  await page.locator("form").getByRole("button").last().click();
  await page.locator(".wrong").getByText("电子邮箱必须是形如 name@example.com 的地址。").waitFor();
  await page.getByRole("button", { name: "账户", exact: true }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await page.locator(".wrong").getByText("The e-mail address must be an address such as name@example.com.").waitFor();
  await visitor.close();
});

test("the studio tells in Chinese what is wrong with a file, an address, and what was left out", async () => {
  const visitor = await open();
  const { page } = visitor;
  visitor.expect(/^400 POST .*\/(files|videos)/);
  await visitor.enter(server.owner.email);
  await visitor.open("/");
  const file = page.locator('[data-slot="start"] input[type="file"]');
  await file.setInputFiles({ name: "broken.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  const tile = page.locator('[data-slot="start"]');
  await tile.getByText("这不是可用的图片或视频。").waitFor();
  await tile.getByRole("button", { name: "复制追踪编号" }).click();
  assert.match(await visitor.clipboard(), /^[0-9a-f]{8}-/);
  await tile.getByRole("button", { name: "移除首帧" }).click();

  await tile.getByRole("button", { name: "用链接指定首帧" }).click();
  await page.getByRole("dialog").getByLabel("地址").fill("http://10.0.0.7/picture.png");
  await page.getByRole("dialog").getByRole("button", { name: "使用" }).click();
  await page.getByRole("textbox", { name: "视频内容" }).fill("a florbnax beside a river");
  const create = page.getByRole("button", { name: /^生成/ });
  await create.click();
  await page.getByText("10.0.0.7 是私有地址，本服务器不会连接。").first().waitFor();
  await tile.getByRole("button", { name: "移除首帧" }).click();

  await create.click();
  await page.getByText("本引擎画不出“florbnax”，已省略。").waitFor({ timeout: 240_000 });

  // One that cannot be read fails when it is drawn.
  const cut = picture(64, 64, [200, 20, 20]).subarray(0, 60);
  await file.setInputFiles({ name: "cut.png", mimeType: "image/png", buffer: cut });
  await tile.locator("img").waitFor();
  await page.getByRole("textbox", { name: "视频内容" }).fill("a boat");
  await create.click();
  await page.getByText("首帧无法使用。").first().waitFor({ timeout: 240_000 });
  await visitor.close();
});

test("the service has a Chinese name, and a refusal that is not known shows as it is", async () => {
  const visitor = await open();
  const { page } = visitor;
  await visitor.enter(server.owner.email);
  await visitor.open("/services");
  await page.getByRole("heading", { name: "Luma 视频生成" }).waitFor();
  await page.getByText("根据提示词或图片生成视频，或延长已有视频。").waitFor();

  visitor.expect(/^418 GET /);
  await page.route("**/api/v1/services/**", (route) =>
    route.fulfill({ status: 418, json: { success: false, error: { code: "bad_request", message: "This is a `teapot`." }, trace_id: "abc" } }));
  await page.goto("/services");
  const alert = page.getByRole("main").getByRole("alert").first();
  await alert.getByText("服务器没有接受此操作。").waitFor();
  assert.equal(await alert.locator("[lang=en]").innerText(), "This is a teapot.");
  await visitor.close();
});
