// main.tsx: starts the page.
import "./style/tokens.css";
import "./style/base.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router-dom";

import { makeQueries } from "./api/queries";
import { startLanguages } from "./i18n";
import { router } from "./routes";
import { SessionProvider } from "./session";
import { startTheme } from "./theme";

startTheme();

const queries = makeQueries();

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
void startLanguages().then(() => {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <RouterProvider router={router} future={{ v7_startTransition: true }} />
        </SessionProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
});
