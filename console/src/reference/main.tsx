// reference/main.tsx: starts the API reference, a document of its own.
//
// Scalar adds <style> elements as it runs, which the Content-Security-Policy of the console does not allow.
import "./no_eval";
import "../style/tokens.css";
import "../style/reference.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";

import { makeQueries } from "../api/queries";
import { startLanguages } from "../i18n";
import { SessionProvider } from "../session";
import { startTheme } from "../theme";
import { Reference } from "./reference";

startTheme();

const queries = makeQueries();

const root = document.getElementById("root");
if (root === null) throw new Error("reference.html has no #root");
void startLanguages(["reference"]).then(() => {
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <SessionProvider>
        <Reference />
      </SessionProvider>
    </QueryClientProvider>,
  );
});
