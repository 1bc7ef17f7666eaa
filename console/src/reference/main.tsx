// reference/main.tsx: starts the API reference, a document of its own.
//
// Scalar adds <style> elements as it runs, which the Content-Security-Policy of the console does not allow.
import "./no_eval";
import "../style/tokens.css";
import "../style/reference.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";

import { ApiError } from "../api/client";
import { startLanguages } from "../i18n";
import { SessionProvider } from "../session";
import { startTheme } from "../theme";
import { Reference } from "./reference";

startTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      staleTime: 5_000,
    },
  },
});

const root = document.getElementById("root");
if (root === null) throw new Error("reference.html has no #root");
void startLanguages().then(() => {
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <SessionProvider>
        <Reference />
      </SessionProvider>
    </QueryClientProvider>,
  );
});
