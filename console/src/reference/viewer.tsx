// reference/viewer.tsx: Scalar, with everything switched off that would reach out of this server.
import "@scalar/api-reference-react/style.css";

import { ApiReferenceReact, type AnyApiReferenceConfiguration } from "@scalar/api-reference-react";
import { memo, useMemo } from "react";

import type { OpenApiDocument } from "./document";

interface Props {
  document: OpenApiDocument;
  isDark: boolean;
  /** What is sent in place of `request`; its error is shown and nothing is sent. */
  beforeSend: (request: Request) => Promise<Request>;
  afterSend: (url: string) => void;
}

type BeforeRequest = (call: { request: Request }) => Promise<void>;

export const Viewer = memo(function Viewer({ document, isDark, beforeSend, afterSend }: Props) {
  const configuration = useMemo<AnyApiReferenceConfiguration>(() => {
    // Its type says that nothing comes back; what comes back is sent.
    const replace = async ({ request }: { request: Request }): Promise<unknown> => ({ request: await beforeSend(request) });
    return {
      content: { ...document },
      slug: "kinora",
      onBeforeRequest: replace as BeforeRequest,
      onRequestSent: afterSend,
      forceDarkModeState: isDark ? "dark" : "light",
      hideDarkModeToggle: true,
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      showDeveloperTools: "never",
      hideClientButton: true,
      documentDownloadType: "none",
      hideModels: true,
      persistAuth: false,
      orderSchemaPropertiesBy: "preserve",
      orderRequiredPropertiesFirst: false,
      operationTitleSource: "summary",
      authentication: { preferredSecurityScheme: "apiToken" },
    };
  }, [document, isDark, beforeSend, afterSend]);
  return <ApiReferenceReact configuration={configuration} />;
});
