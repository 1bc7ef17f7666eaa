// usage/records.tsx: the usage records one by one, with what narrows them down.
import { Download, Search } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { Button, ErrorNote, Field, Spinner } from "../components/ui";
import { amount, dateTime } from "../format";
import { CopyId } from "../keys/copy_id";
import { Pager } from "../keys/pager";
import { elapsed } from "./elapsed";
import {
  csvLink, kPageSize, kStatuses, useRecords, type Names, type RecordFilter, type UsageRecord, type UsageStatus,
} from "./queries";
import { SelectField } from "./select_field";

interface Props {
  filter: RecordFilter;
  page: number;
  names: Names;
  update: (changes: Record<string, string | null>) => void;
}

const kLooks: Record<UsageStatus, string> = { completed: "good", failed: "bad", cancelled: "" };

function Filters({ filter, update }: Pick<Props, "filter" | "update">) {
  const { t } = useTranslation("usage");
  const [trace, setTrace] = useState(filter.trace_id ?? "");
  useEffect(() => setTrace(filter.trace_id ?? ""), [filter.trace_id]);
  const search = (event: FormEvent) => {
    event.preventDefault();
    update({ trace_id: trace.trim() });
  };
  return (
    <form className="record-filters" role="search" aria-label={t("records.filters")} onSubmit={search}>
      <SelectField
        label={t("records.status")}
        value={filter.status ?? ""}
        onChange={({ target }) => update({ status: target.value })}
      >
        <option value="">{t("records.anyStatus")}</option>
        {kStatuses.map((status) => <option key={status} value={status}>{t(`status.${status}`)}</option>)}
      </SelectField>
      <Field
        label={t("records.trace")}
        value={trace}
        placeholder="7dbc5b6a-b2c0-…"
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setTrace(target.value)}
      />
      <Button type="submit"><Search size={16} aria-hidden="true" />{t("records.search")}</Button>
      {(filter.status !== undefined || filter.trace_id !== undefined) && (
        <Button look="quiet" onClick={() => update({ status: null, trace_id: null })}>{t("records.clear")}</Button>
      )}
    </form>
  );
}

function Row({ record, names }: { record: UsageRecord; names: Names }) {
  const { t } = useTranslation("usage");
  const paidElsewhere =
    record.charged_application_id !== null && record.charged_application_id !== record.application_id;
  return (
    <tr role="row">
      <td role="cell" data-label={t("records.time")} className="nowrap">{dateTime(record.created_at)}</td>
      <td role="cell" data-label={t("scope.application")}>{names.application(record.application_id)}</td>
      <td role="cell" data-label={t("scope.credential")} className="wraps">{names.credential(record.credential_id)}</td>
      <td role="cell" data-label={t("records.status")}>
        <span className={`badge ${kLooks[record.status]}`}>{t(`status.${record.status}`)}</span>
      </td>
      <td role="cell" data-label={t("records.elapsed")} className="number">{elapsed(record.elapsed)}</td>
      <td role="cell" data-label={t("records.charged")} className="number">
        {amount(record.deducted_amount)}
        {paidElsewhere && <span className="muted small paid-by">{t("records.byGeneral")}</span>}
      </td>
      <td role="cell" data-label={t("records.left")} className="number">
        {record.remaining_amount === null ? "–" : amount(record.remaining_amount)}
      </td>
      <td role="cell" data-label={t("records.trace")}><CopyId id={record.trace_id} what={t("records.trace")} /></td>
    </tr>
  );
}

export function Records({ filter, page, names, update }: Props) {
  const { t } = useTranslation("usage");
  const records = useRecords(filter, page);
  const data = records.data;
  return (
    <section className="card stack" aria-labelledby="records-title">
      <div className="spread">
        <h2 id="records-title">{t("records.title")}</h2>
        <a className="button small" href={csvLink(filter)} download="usage.csv">
          <Download size={16} aria-hidden="true" />{t("records.csv")}
        </a>
      </div>
      <Filters filter={filter} update={update} />
      {records.isPending && <Spinner />}
      {records.isError && <ErrorNote error={records.error} onRetry={() => void records.refetch()} />}
      {data !== undefined && data.items.length === 0 && <p className="muted none">{t("records.none")}</p>}
      {data !== undefined && data.items.length > 0 && (
        <div className="table-scroll" role="group" aria-label={t("records.title")} tabIndex={0}>
          <table role="table" className="cards-table" aria-busy={records.isPlaceholderData}>
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">{t("records.time")}</th>
                <th role="columnheader" scope="col">{t("scope.application")}</th>
                <th role="columnheader" scope="col">{t("scope.credential")}</th>
                <th role="columnheader" scope="col">{t("records.status")}</th>
                <th role="columnheader" scope="col" className="number">{t("records.elapsed")}</th>
                <th role="columnheader" scope="col" className="number">{t("records.charged")}</th>
                <th role="columnheader" scope="col" className="number">{t("records.left")}</th>
                <th role="columnheader" scope="col">{t("records.trace")}</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {data.items.map((record) => <Row key={record.id} record={record} names={names} />)}
            </tbody>
          </table>
        </div>
      )}
      {data !== undefined && (
        <Pager
          label={t("records.pages")}
          page={page}
          size={kPageSize}
          total={data.count}
          onPage={(next) => update({ page: next === 0 ? null : String(next + 1) })}
        />
      )}
    </section>
  );
}
