/** Who quotes whom: sources as shapes of their side, sized by what is heard of them, arrows to whom they cite, loops marked. */
import { useMemo, useState } from 'preact/hooks';
import type { Id, SourcesChart as Answer } from '../api/types';
import { pageOf } from '../addresses';
import { number, t } from '../i18n';
import { navigate } from '../router';
import { EntityLink, SideName } from '../ui/marks';
import { sideOf } from '../ui/sides';
import { layout, loopLinks, type Spot } from './force';
import { Chart, type Canvas, type ChartProps } from './frame';
import { fitted, textWidth } from './measure';
import { Shape } from './patterns';

type Node = Answer['nodes'][number];
type Net = Pick<Answer, 'nodes' | 'links' | 'circular'>;

interface Label { id: Id; text: string; x: number; y: number }

/** Names where there is room for them, those most heard first, none over another. */
export function labels(nodes: readonly Node[], spots: Map<Id, Spot>, width: number, rtl: boolean): Label[] {
  const taken: [number, number, number, number][] = [...spots.values()].map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const out: Label[] = [];
  for (const node of [...nodes].sort((a, b) => b.claims - a.claims || a.id.localeCompare(b.id))) {
    const spot = spots.get(node.id);
    if (!spot) continue;
    const text = fitted(node.name, 150, 11);
    const wide = textWidth(text, 11);
    const places: [number, number][] = [[spot.x + spot.r + 4, spot.y + 4], [spot.x - spot.r - 4 - wide, spot.y + 4], [spot.x - wide / 2, spot.y - spot.r - 4], [spot.x - wide / 2, spot.y + spot.r + 12]];
    if (rtl) [places[0], places[1]] = [places[1]!, places[0]!];
    const at = places.find(([x, y]) => x >= 0 && x + wide <= width && !taken.some(([l, top, r, b]) => x < r && x + wide > l && y - 10 < b && y + 2 > top));
    if (!at) continue;
    taken.push([at[0], at[1] - 10, at[0] + wide, at[1] + 2]);
    out.push({ id: node.id, text, x: at[0], y: at[1] });
  }
  return out;
}

function Arrow({ from, to, loop, dim, wide }: { from: Spot; to: Spot; loop: boolean; dim: boolean; wide: number }) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / far, dy / far];
  const [x1, y1] = [from.x + ux * (from.r + 1), from.y + uy * (from.r + 1)];
  const [x2, y2] = [to.x - ux * (to.r + 3), to.y - uy * (to.r + 3)];
  // Bent to one side, so that two that cite each other show two lines.
  const [cx, cy] = [(x1 + x2) / 2 - uy * far * 0.12, (y1 + y2) / 2 + ux * far * 0.12];
  const turn = Math.atan2(y2 - cy, x2 - cx);
  const size = 6 + wide * 1.5;
  const head = (by: number) => `${x2 - Math.cos(turn + by) * size} ${y2 - Math.sin(turn + by) * size}`;
  return (
    <g class={dim ? 'dim' : undefined}>
      <path class={`link-line ${loop ? 'loop' : ''}`} stroke-width={wide} d={`M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}`} />
      <path class={`link-head ${loop ? 'loop' : ''}`} d={`M${x2} ${y2}L${head(0.42)}L${head(-0.42)}z`} />
    </g>
  );
}

function draw({ width, rtl, tip }: Canvas, net: Net, spots: Map<Id, Spot>, high: number, chosen: Id | null, choose: (id: Id | null) => void) {
  const loops = loopLinks(net.circular);
  const most = Math.max(1, ...net.links.map((link) => link.claims));
  const near = new Set<Id>(chosen ? [chosen] : []);
  for (const link of chosen ? net.links : []) {
    if (link.from === chosen) near.add(link.to);
    if (link.to === chosen) near.add(link.from);
  }
  const far = (id: Id) => chosen !== null && !near.has(id);
  const name = new Map(net.nodes.map((node) => [node.id, node.name]));
  const named = labels(chosen ? net.nodes.filter((node) => near.has(node.id)) : net.nodes, spots, width, rtl);
  const marks = (
    <>
      <rect x={0} y={0} width={width} height={high} fill="transparent" onClick={() => choose(null)} />
      {net.links.map((link) => {
        const [from, to] = [spots.get(link.from), spots.get(link.to)];
        if (!from || !to || link.from === link.to) return null;
        return (
          <g key={`${link.from}>${link.to}`} {...tip(t('charts.network.link', { from: name.get(link.from) ?? link.from, to: name.get(link.to) ?? link.to, n: link.claims }))}>
            <Arrow from={from} to={to} loop={loops.has(`${link.from}\u0000${link.to}`)} dim={chosen !== null && link.from !== chosen && link.to !== chosen} wide={1 + 2.5 * Math.sqrt(link.claims / most)} />
          </g>
        );
      })}
      {net.nodes.map((node) => {
        const spot = spots.get(node.id)!;
        return (
          <g
            key={node.id} class={`goes ${far(node.id) ? 'dim' : ''}`} {...tip(t('charts.network.node', { name: node.name, reports: number(node.reports), claims: number(node.claims) }))}
            onClick={() => (chosen === node.id ? navigate(pageOf('source', node.id)) : choose(node.id))}
          >
            <Shape side={node.side} x={spot.x} y={spot.y} size={spot.r * 2} />
          </g>
        );
      })}
      {named.map((label) => (
        <text key={label.id} x={label.x} y={label.y} text-anchor="start" direction="ltr" class="on-paper">{label.text}</text>
      ))}
    </>
  );
  return { height: high, marks };
}

export function NetworkChart({ net, title, high = 520, ...rest }: { net: Net; title: string; high?: number } & Pick<ChartProps<Node>, 'csv' | 'knownBy' | 'tools' | 'quiet' | 'level'>) {
  const [chosen, setChosen] = useState<Id | null>(null);
  const [room, setRoom] = useState(0);
  const spots = useMemo(
    () => (room ? layout(net.nodes.map((node) => ({ id: node.id, weight: node.claims })), net.links.map((link) => ({ ...link, weight: link.claims })), room, high) : new Map<Id, Spot>()),
    [net, room, high],
  );
  const cites = (id: Id) => net.links.filter((link) => link.from === id).map((link) => link.to);
  const cited = (id: Id) => net.links.filter((link) => link.to === id).map((link) => link.from);
  const sides = [...new Set(net.nodes.map((node) => sideOf(node.side).key))];
  const picked = net.nodes.find((node) => node.id === chosen);
  return (
    <Chart<Node>
      {...rest}
      title={title}
      summary={t('charts.network.summary', { n: net.nodes.length, links: net.links.length, loops: net.circular.length })}
      least={340}
      draw={(canvas) => {
        if (canvas.width !== room) {
          setRoom(canvas.width);
          return { height: high, marks: null };
        }
        return draw(canvas, net, spots, high, chosen, setChosen);
      }}
      legend={
        <>
          {picked && <span class="chosen"><EntityLink id={picked.id} name={picked.name} side={picked.side} type="source" /></span>}
          {sides.map((side) => <SideName key={side} side={side} />)}
          <span><svg width="26" height="10" aria-hidden="true"><path d="M1 5h20" class="link-line" stroke="currentColor" stroke-width="1.5" /><path d="M25 5l-7-3v6z" fill="currentColor" /></svg>{t('charts.network.legend.cites')}</span>
          {net.circular.length > 0 && <span class="loop-legend"><svg width="26" height="10" aria-hidden="true"><path d="M1 5h24" stroke="var(--bad)" stroke-width="2" stroke-dasharray="5 3" /></svg>{t('charts.network.legend.loop')}</span>}
          <span>{t('charts.network.legend.press')}</span>
        </>
      }
      table={{
        rows: [...net.nodes].sort((a, b) => b.claims - a.claims),
        id: (node) => node.id,
        columns: [
          { key: 'name', label: t('charts.source_name'), cell: (node) => <EntityLink id={node.id} name={node.name} side={node.side} type="source" /> },
          { key: 'side', label: t('charts.side'), cell: (node) => <SideName side={node.side} />, spare: true },
          { key: 'claims', label: t('charts.claims'), cell: (node) => number(node.claims), number: true },
          { key: 'reports', label: t('charts.reports'), cell: (node) => number(node.reports), number: true },
          { key: 'cites', label: t('charts.network.cites'), cell: (node) => <Some ids={cites(node.id)} net={net} /> },
          { key: 'cited', label: t('charts.network.cited'), cell: (node) => <Some ids={cited(node.id)} net={net} /> },
          { key: 'loop', label: t('charts.network.loop'), cell: (node) => (net.circular.some((loop) => loop.includes(node.id)) ? t('charts.yes') : '') },
        ],
      }}
    />
  );
}

function Some({ ids, net }: { ids: Id[]; net: Net }) {
  const names = new Map(net.nodes.map((node) => [node.id, node]));
  return (
    <>
      {ids.slice(0, 12).map((id, n) => (
        <span key={id}>
          {n > 0 && t('list.comma')}
          <EntityLink id={id} name={names.get(id)?.name ?? null} side={names.get(id)?.side ?? ''} type="source" />
        </span>
      ))}
      {ids.length > 12 && <span class="muted"> {t('list.more', { n: ids.length - 12 })}</span>}
    </>
  );
}
