// code/code_block.tsx: a program in the language of the reader's choice, and a piece of text as it is.
import "../style/guides.css";

import { Tabs } from "radix-ui";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { CopyButton } from "../components/ui";
import { pieces, type Notation } from "./highlight";
import { chooseCodeLanguage, isCodeLanguage, useCodeLanguage } from "./language";
import { kCodeLanguages, sample, type Call, type SampleOptions } from "./samples";

const Lines = memo(function Lines({ code, notation }: { code: string; notation: Notation }) {
  return (
    <code>
      {pieces(code, notation).map(({ shade, text }, index) =>
        shade === "plain" ? text : <span key={index} className={`code-${shade}`}>{text}</span>,
      )}
    </code>
  );
});

export function CodeBlock({ label, call, options }: { label: string; call: Call; options: SampleOptions }) {
  const { t } = useTranslation("guides");
  const language = useCodeLanguage();
  const code = sample(language, call, options);
  return (
    <Tabs.Root
      className="code-block"
      value={language}
      onValueChange={(value) => isCodeLanguage(value) && chooseCodeLanguage(value)}
    >
      <div className="code-bar">
        <Tabs.List className="code-tabs" aria-label={t("code.language", { label })}>
          {kCodeLanguages.map(({ id, title }) => (
            <Tabs.Trigger key={id} value={id} className="code-tab">{title}</Tabs.Trigger>
          ))}
        </Tabs.List>
        <CopyButton text={code} />
      </div>
      {kCodeLanguages.map(({ id }) => (
        <Tabs.Content key={id} value={id} className="code-text">
          {id === language && <pre><Lines code={code} notation={id} /></pre>}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

export function TextBlock({ label, text, notation }: { label: string; text: string; notation: Notation }) {
  return (
    <div className="code-block" role="group" aria-label={label}>
      <div className="code-bar">
        <span className="code-name" aria-hidden="true">{label}</span>
        <CopyButton text={text} />
      </div>
      <div className="code-text" tabIndex={0} role="region" aria-label={label}>
        <pre><Lines code={text} notation={notation} /></pre>
      </div>
    </div>
  );
}
