// routes.tsx: which address shows which page. All but the first are loaded when they are opened.
import { createBrowserRouter, type RouteObject } from "react-router-dom";

import { ApiError } from "./api/client";
import { loadMessages } from "./i18n";
import { NotFound, PageError } from "./pages/not_found";
import { Shell } from "./shell";
import { loadToldUnlessEnglish } from "./told/use_tell";

/** A page from its own chunk, and what it says, which come together; the module has it as `Page`. */
function page(path: string, words: string[], load: () => Promise<{ Page: () => JSX.Element }>): RouteObject {
  return {
    path,
    lazy: async () => {
      try {
        const [{ Page }] = await Promise.all([load(), loadMessages(words), loadToldUnlessEnglish()]);
        return { Component: Page };
      } catch {
        // The server is away, or another version of it has other files: PageError loads the page anew.
        throw new ApiError(0, "unreachable", "", null);
      }
    },
    errorElement: <PageError />,
  };
}

export const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      children: [
        page("/", ["studio"], () => import("./pages/studio")),
        page("/login", ["auth"], () => import("./pages/log_in")),
        page("/register", ["auth"], () => import("./pages/register")),
        page("/forgot", ["auth"], () => import("./pages/forgot_password")),
        page("/setup", ["auth"], () => import("./pages/set_password")),
        page("/verify", ["auth"], () => import("./pages/verify_email")),
        page("/account", ["auth"], () => import("./pages/account")),
        page("/services", ["services"], () => import("./pages/services")),
        page("/services/:id", ["services"], () => import("./pages/service")),
        page("/documents/:id", ["services", "guides"], () => import("./pages/document")),
        page("/support", ["services"], () => import("./pages/support")),
        page("/keys", ["keys"], () => import("./pages/keys")),
        page("/usage", ["usage", "keys"], () => import("./pages/usage")),
        page("/deliveries", ["deliveries", "keys"], () => import("./pages/deliveries")),
        page("/guides", ["guides"], () => import("./pages/guides")),
        page("/guides/:name", ["guides"], () => import("./pages/guides")),
        page("/admin/*", ["admin"], () => import("./pages/admin")),
        { path: "*", element: <NotFound /> },
      ],
    },
  ],
  { future: { v7_relativeSplatPath: true, v7_fetcherPersist: true, v7_normalizeFormMethod: true, v7_partialHydration: false, v7_skipActionErrorRevalidation: true } },
);
