/** What every chart has around it: headline, drawing, the same as a table, downloads, where its numbers come from. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { address, me, type Params } from '../api/client';
import { day, dir, t } from '../i18n';
import { Button } from '../ui/controls';
import { toast } from '../ui/feedback';
import { Table, type Column } from '../ui/figures';
import { fileName, savePng, saveSvg, type Downloadable } from './download';
import './charts.css';

/** Shows words beside the pointer. Made of plain text, so that reports can put nothing else there. */
export type Tip = (words: string) => { onPointerEnter: (event: PointerEvent) => void; onPointerLeave: () => void };

export interface Canvas { width: number; id: string; rtl: boolean; tip: Tip }

export interface ChartProps<Row> {
  title: string;
  /** What one sees, for those who do not: one or two sentences. */
  summary: string;
  draw: (canvas: Canvas) => { height: number; marks: ComponentChildren };
  table: { columns: Column<Row>[]; rows: Row[]; id: (row: Row) => string };
  legend?: ComponentChildren;
  /** Where the same numbers come as CSV. */
  csv?: { path: string; params?: Params } | null;
  policy?: string | null;
  knownBy?: string | null;
  tools?: ComponentChildren;
  /** Its title stands above it already and is only read out. */
  quiet?: boolean;
  /** Of its headline, below what stands above it. */
  level?: 2 | 3;
  /** Narrower drawings than this scroll sideways. */
  least?: number;
}

/** The ledger, as known when, by which policy: what stands under a chart and in its files. */
export function sourceLine({ policy, knownBy }: { policy?: string | null | undefined; knownBy?: string | null | undefined }): string {
  const ledger = me.value?.ledger;
  return t('charts.source', {
    ledger: ledger?.name ?? '',
    entry: ledger ? String(me.value!.answers.entry) : null,
    known: knownBy ? day(knownBy) : null,
    policy: policy ?? null,
  });
}

/** The address of a chart's numbers as CSV. */
export function csvLink(path: string, params: Params = {}): string {
  return address(path, { ...params, format: 'csv' });
}

/** So many rows of a table are on screen; the CSV has all. */
const ROWS = 500;

export function Chart<Row>({ title, summary, draw, table, legend, csv, policy, knownBy, tools, quiet = false, level = 3, least = 300 }: ChartProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const id = useId().replaceAll(/[^a-zA-Z0-9]/g, '');
  const [width, setWidth] = useState(0);
  const [asTable, setAsTable] = useState(false);
  const [tip, setTip] = useState<{ words: string; x: number; y: number } | null>(null);
  useLayoutEffect(() => setWidth(Math.floor(box.current?.clientWidth ?? 640)), []);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  const show: Tip = (words) => ({
    onPointerEnter: (event) => {
      const frame = box.current!.getBoundingClientRect();
      setTip({ words, x: event.clientX - frame.left, y: event.clientY - frame.top });
    },
    onPointerLeave: () => setTip(null),
  });
  const Head = level === 2 ? 'h2' : 'h3';
  const source = sourceLine({ policy, knownBy });
  const file = (): Downloadable | null =>
    svg.current && { svg: svg.current, title, source, name: fileName('gainsay', title) };
  const png = async () => {
    const what = file();
    if (!what) return;
    try {
      await savePng(what);
    } catch {
      toast(t('charts.png_failed'), { bad: true });
    }
  };
  const rtl = dir.value === 'rtl';
  const drawn = width > 0 && !asTable ? draw({ width: Math.max(least, width), id, rtl, tip: show }) : null;
  return (
    <figure class="chart" aria-label={title}>
      <figcaption class="chart-head">
        <Head class={quiet ? 'visually-hidden' : undefined}>{title}</Head>
        {tools}
      </figcaption>
      <div class="chart-box" ref={box}>
        {drawn && (
          <div class="chart-scroll" tabIndex={least > width ? 0 : undefined} role={least > width ? 'group' : undefined} aria-label={least > width ? title : undefined}>
            <svg
              ref={svg}
              class="chart-svg"
              role="img"
              aria-label={summary}
              width={Math.max(least, width)}
              height={drawn.height}
              viewBox={`0 0 ${Math.max(least, width)} ${drawn.height}`}
              direction={rtl ? 'rtl' : 'ltr'}
            >
              {drawn.marks}
            </svg>
          </div>
        )}
        {asTable && <Table caption={title} columns={table.columns} rows={table.rows.slice(0, ROWS)} id={table.id} />}
        {asTable && table.rows.length > ROWS && <p class="muted small">{t('charts.table_more', { n: table.rows.length - ROWS })}</p>}
        {tip && !asTable && (
          <p
            class="chart-tip"
            aria-hidden="true"
            dir="auto"
            style={{ left: `${Math.min(Math.max(8, tip.x + 12), Math.max(8, width - 232))}px`, top: `${tip.y + 16}px` }}
          >
            {tip.words}
          </p>
        )}
      </div>
      {legend && !asTable && <div class="chart-legend small">{legend}</div>}
      <div class="chart-foot small">
        <span class="muted"><bdi>{source}</bdi></span>
        <span class="row">
          <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{t(asTable ? 'charts.drawing' : 'charts.table')}</Button>
          {!asTable && <Button look="quiet" onClick={() => { const what = file(); if (what) saveSvg(what); }}>SVG</Button>}
          {!asTable && <Button look="quiet" onClick={() => void png()}>PNG</Button>}
          {csv && (
            <a class="button quiet" href={csvLink(csv.path, csv.params)} download>
              CSV
            </a>
          )}
        </span>
      </div>
    </figure>
  );
}
