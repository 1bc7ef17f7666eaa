// guides/article.tsx: one guide, from the blocks of the catalogue.
import { useTranslation } from "react-i18next";

import { CodeBlock, TextBlock } from "../code/code_block";
import type { SampleOptions } from "../code/samples";
import { Note } from "../components/ui";
import type { Block, Table } from "./catalogue";
import { Rich } from "./rich";
import { kCalls, textOf } from "./texts";

function GuideTable({ table, label }: { table: Table; label: string }) {
  return (
    <div className="guide-table" tabIndex={0} role="region" aria-label={`${label}: ${table.head.join(", ")}`}>
      <table>
        <thead>
          <tr>{table.head.map((cell) => <th key={cell} scope="col"><Rich text={cell} /></th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.join("|")}>
              {row.map((cell, column) =>
                column === 0
                  ? <th key={column} scope="row"><Rich text={cell} /></th>
                  : <td key={column}><Rich text={cell} /></td>,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Items({ items }: { items: readonly string[] }) {
  return items.map((item) => <li key={item}><Rich text={item} /></li>);
}

function Part({ block, heading, options }: { block: Block; heading: string; options: SampleOptions }) {
  const call = block.code === undefined ? undefined : kCalls[block.code];
  const label = block.label ?? heading;
  if (block.h !== undefined) return <h2 id={block.id}>{block.h}</h2>;
  if (block.p !== undefined) return <p><Rich text={block.p} /></p>;
  if (block.note !== undefined) return <Note><Rich text={block.note} /></Note>;
  if (block.steps !== undefined) return <ol className="guide-steps"><Items items={block.steps} /></ol>;
  if (block.list !== undefined) return <ul className="guide-list"><Items items={block.list} /></ul>;
  if (block.table !== undefined) return <GuideTable table={block.table} label={label} />;
  if (call !== undefined) return <CodeBlock label={label} call={call} options={options} />;
  if (block.text === undefined) return null;
  return <TextBlock label={label} text={textOf(block.text, options.baseUrl)} notation={block.notation ?? "text"} />;
}

export function Article({ blocks, options, hasToken }: { blocks: Block[]; options: SampleOptions; hasToken: boolean }) {
  const { t } = useTranslation("guides");
  const firstCode = blocks.findIndex((block) => block.code !== undefined && kCalls[block.code]?.kind !== "receiver");
  let heading = "";
  return (
    <>
      {blocks.map((block, index) => {
        heading = block.h ?? heading;
        return (
          <div key={index} className={block.h === undefined ? "guide-part" : "guide-head"}>
            {hasToken && index === firstCode && <p className="small muted guide-token">{t("tokenFilled")}</p>}
            <Part block={block} heading={heading} options={options} />
          </div>
        );
      })}
    </>
  );
}
