/** One map with the names on it, and over it who tells it and of which day. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { MapAnswer } from '../api/types';
import { day, lang, t } from '../i18n';
import { theme } from '../theme';
import { toast } from '../ui';
import type { Board, View } from './board';
import type { Label } from './labels';
import type { Part } from './style';

/** What draws is large: it comes while the answers come. */
const drawing = import('./board');
drawing.catch(() => {});

export interface MapViewProps {
  label: string;
  answer: MapAnswer | null;
  loading: boolean;
  labels: readonly Label[];
  /** Where the map stands at first. */
  view: View;
  hidden: ReadonlySet<Part>;
  pick: string | null;
  tiles: string | null;
  onPick: (pick: string | null) => void;
  onView: (view: View) => void;
  onBoard: (board: Board | null) => void;
  children?: ComponentChildren;
}

export function MapView(props: MapViewProps) {
  const { label, answer, loading, labels, hidden, pick, tiles, children } = props;
  const [blind, setBlind] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const [board, setBoard] = useState<Board | null>(null);
  const now = useRef(props);
  now.current = props;

  useEffect(() => {
    let wanted = true;
    let end = () => {};
    drawing.then(({ Board }) => {
      if (!wanted) return;
      const made = new Board(box.current!, names.current!, now.current.view, tiles, {
        onPick: (what) => now.current.onPick(what),
        onView: (view) => now.current.onView(view),
        onTiles: () => toast(t('map.tiles_failed'), { bad: true }),
      });
      const watch = new ResizeObserver(() => made.map.resize());
      watch.observe(box.current!);
      end = () => {
        watch.disconnect();
        now.current.onBoard(null);
        setBoard(null);
        made.end();
      };
      setBoard(made);
      now.current.onBoard(made);
    }).catch(() => wanted && setBlind(true)); // No WebGL: the list says what the map would.
    return () => {
      wanted = false;
      end();
    };
  }, [tiles]);
  useEffect(() => {
    if (answer) board?.set(answer, labels);
  }, [answer, labels, board]);
  useEffect(() => board?.hide(hidden), [hidden, board]);
  useEffect(() => board?.pick(pick), [pick, board]);
  useEffect(() => board?.name(t('map.canvas', { map: label })), [label, lang.value, board]);
  const shade = theme.value;
  const drawn = useRef(shade);
  useEffect(() => {
    if (drawn.current !== shade) board?.recolour();
    drawn.current = shade;
  }, [shade]);

  return (
    <section class="map-one" aria-label={label} aria-busy={loading}>
      <div ref={box} class="map-canvas" />
      <div ref={names} class="map-names" aria-hidden="true" />
      {blind && <p class="map-blind">{t('map.blind')}</p>}
      <div class="map-top">{children}</div>
      {answer && (
        <p class="map-day" role="status">
          <strong>{day(answer.at)}</strong>
          {answer.known_by && <> · {t('map.as_known_on', { day: day(answer.known_by) })}</>}
          {loading && <span class="muted"> · {t('map.coming')}</span>}
        </p>
      )}
    </section>
  );
}
