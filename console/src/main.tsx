// main.tsx: starts the page.
import "./style/tokens.css";
import "./style/base.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router-dom";

import { ApiError } from "./api/client";
import { startLanguages } from "./i18n";
import { router } from "./routes";
import { SessionProvider } from "./session";
import { startTheme } from "./theme";

startTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused is refused again; only a server that could not be reached or failed is asked once more.
      retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      staleTime: 5_000,
    },
  },
});

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
