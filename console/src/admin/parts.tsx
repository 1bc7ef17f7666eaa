// admin/parts.tsx: lists, filters and facts, as all of the administration shows them.
import type { UseQueryResult } from "@tanstack/react-query";
import { ArrowLeft, Check, Copy } from "lucide-react";
import { useEffect, useId, useState, type ReactNode, type TextareaHTMLAttributes } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { useCopy } from "../components/clipboard";
import { Button, ErrorNote, Field, Spinner } from "../components/ui";
import { count } from "../format";
import { useTitle } from "../title";
import { isId, kPageSize, type Filters } from "./filters";

export function SectionHead({ title, text, children }: { title: string; text?: ReactNode; children?: ReactNode }) {
  const { t } = useTranslation("admin");
  useTitle(`${title} · ${t("title")}`);
  return (
    <div className="page-head">
      <div className="admin-title">
        <h2>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      {children !== undefined && <div className="row">{children}</div>}
    </div>
  );
}

export function BackLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link className="admin-back" to={to}>
      <ArrowLeft size={16} aria-hidden="true" />
      {children}
    </Link>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
  hint?: string;
}

export function Select({ label, value, options, onChange, hint }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([each, text]) => <option key={each} value={each}>{text}</option>)}
      </select>
      {hint !== undefined && <span className="hint" id={`${id}-hint`}>{hint}</span>}
    </div>
  );
}

interface AreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
}

export function Area({ label, ...rest }: AreaProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea rows={4} {...rest} id={id} className="input" />
    </div>
  );
}

export function OrderSelect({ filters }: { filters: Filters }) {
  const { t } = useTranslation("admin");
  return (
    <Select
      label={t("filter.order")}
      value={filters.get("order")}
      onChange={(order) => filters.change({ order })}
      options={[["", t("filter.newest")], ["oldest", t("filter.oldest")]]}
    />
  );
}

export function PeriodFields({ filters }: { filters: Filters }) {
  const { t } = useTranslation("admin");
  return (
    <>
      {(["from", "to"] as const).map((name) => (
        <Field
          key={name}
          type="date"
          label={t(`filter.${name}`)}
          value={filters.get(name)}
          onChange={(event) => filters.change({ [name]: event.target.value })}
        />
      ))}
    </>
  );
}

/** A text that filters once it is sent off, not at every key. */
export function TextFilter({ label, placeholder, value, onChange, ofId = false }: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  /** Takes nothing but an id. */
  ofId?: boolean;
}) {
  const { t } = useTranslation("admin");
  const [typed, setTyped] = useState(value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => setTyped(value), [value]);
  return (
    <form
      className="admin-search"
      role="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        const text = typed.trim();
        const isWrong = ofId && text !== "" && !isId(text);
        setWrong(isWrong);
        if (!isWrong) onChange(text);
      }}
    >
      <Field
        type="search"
        label={label}
        placeholder={placeholder}
        value={typed}
        wrong={wrong ? t("filter.noId") : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          setWrong(false);
          if (event.target.value === "") onChange("");
        }}
      />
      <Button type="submit">{t("filter.search")}</Button>
    </form>
  );
}

export interface Column<Row> {
  id: string;
  head: string;
  cell: (row: Row) => ReactNode;
  number?: boolean;
  /** The head is for screen readers only. */
  silent?: boolean;
}

/** A table, which on a narrow screen is a card a row. The roles stay what they are in both. */
export function DataTable<Row>({ label, columns, rows, keyOf }: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}) {
  return (
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="admin-table" role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.id} role="columnheader" scope="col" className={column.number === true ? "number" : undefined}>
                {column.silent === true ? <span className="visually-hidden">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={keyOf(row)}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  role="cell"
                  className={column.number === true ? "number" : undefined}
                  data-label={column.silent === true ? "" : column.head}
                >
                  <div className="admin-cell">{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ListingProps<Row> {
  label: string;
  query: UseQueryResult<{ items: Row[]; count: number }>;
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  empty: string;
  /** Absent: all is on one page. */
  filters?: Filters;
}

export function Listing<Row>({ label, query, columns, keyOf, empty, filters }: ListingProps<Row>) {
  const { data } = query;
  return (
    <div className="card stack" aria-busy={query.isPlaceholderData || undefined}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Spinner />}
      {data !== undefined && data.items.length === 0 && <p className="admin-empty">{empty}</p>}
      {data !== undefined && data.items.length > 0 && (
        <DataTable label={label} columns={columns} rows={data.items} keyOf={keyOf} />
      )}
      {data !== undefined && filters !== undefined && <Pager filters={filters} all={data.count} shown={data.items.length} />}
    </div>
  );
}

function Pager({ filters, all, shown }: { filters: Filters; all: number; shown: number }) {
  const { t } = useTranslation("admin");
  const { offset } = filters.slice;
  if (all === 0) return null;
  return (
    <div className="spread admin-pager">
      <span className="small muted" aria-live="polite">
        {t("pager.range", {
          from: count(shown === 0 ? 0 : offset + 1),
          to: count(shown === 0 ? 0 : offset + shown),
          all: count(all),
        })}
      </span>
      {(all > kPageSize || filters.page > 1) && (
        <span className="row">
          <Button small disabled={filters.page <= 1} onClick={() => filters.turnTo(filters.page - 1)}>
            {t("common:previous")}
          </Button>
          <Button small disabled={offset + shown >= all} onClick={() => filters.turnTo(filters.page + 1)}>
            {t("common:next")}
          </Button>
        </span>
      )}
    </div>
  );
}

export function Facts({ facts }: { facts: (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="admin-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An id: its first digits in a table, all of it elsewhere, with a button that copies it. */
export function IdText({ id, what, whole = false, to }: { id: string; what: string; whole?: boolean; to?: string }) {
  const { t } = useTranslation("admin");
  const [copied, copy] = useCopy();
  const text = <code title={id}>{whole ? id : id.slice(0, 8)}</code>;
  return (
    <span className="admin-id">
      {to === undefined ? text : <Link to={to}>{text}</Link>}
      <Button
        look="quiet"
        small
        className="icon"
        aria-label={copied ? t("common:copied") : t("copyId", { what })}
        onClick={() => copy(id)}
      >
        {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      </Button>
    </span>
  );
}
