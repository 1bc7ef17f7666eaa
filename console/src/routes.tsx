// routes.tsx: which address shows which page. All but the first are loaded when they are opened.
import { createBrowserRouter, type RouteObject } from "react-router-dom";

import { NotFound, PageError } from "./pages/not_found";
import { Shell } from "./shell";

/** A page from its own chunk; the module has it as `Page`. */
function page(path: string, load: () => Promise<{ Page: () => JSX.Element }>): RouteObject {
  return {
    path,
    lazy: async () => ({ Component: (await load()).Page }),
    errorElement: <PageError />,
  };
}

export const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      children: [
        page("/", () => import("./pages/studio")),
        page("/login", () => import("./pages/log_in")),
        page("/register", () => import("./pages/register")),
        page("/forgot", () => import("./pages/forgot_password")),
        page("/setup", () => import("./pages/set_password")),
        page("/verify", () => import("./pages/verify_email")),
        page("/account", () => import("./pages/account")),
        page("/services", () => import("./pages/services")),
        page("/services/:id", () => import("./pages/service")),
        page("/keys", () => import("./pages/keys")),
        page("/usage", () => import("./pages/usage")),
        page("/deliveries", () => import("./pages/deliveries")),
        page("/guides", () => import("./pages/guides")),
        page("/guides/:name", () => import("./pages/guides")),
        page("/admin/*", () => import("./pages/admin")),
        { path: "*", element: <NotFound /> },
      ],
    },
  ],
  { future: { v7_relativeSplatPath: true, v7_fetcherPersist: true, v7_normalizeFormMethod: true, v7_partialHydration: true, v7_skipActionErrorRevalidation: true } },
);
