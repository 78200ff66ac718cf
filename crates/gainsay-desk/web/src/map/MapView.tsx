/** One map with the names on it, and over it who tells it and of which day. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { MapAnswer } from '../api/types';
import { day, lang, t } from '../i18n';
import { theme } from '../theme';
import { toast } from '../ui';
import { Board, type View } from './board';
import type { Label } from './labels';
import type { Part } from './style';

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
  const board = useRef<Board | null>(null);
  const now = useRef(props);
  now.current = props;

  useEffect(() => {
    let made: Board;
    try {
      made = new Board(box.current!, names.current!, now.current.view, tiles, {
        onPick: (what) => now.current.onPick(what),
        onView: (view) => now.current.onView(view),
        onTiles: () => toast(t('map.tiles_failed'), { bad: true }),
      });
    } catch {
      // No WebGL: the list says what the map would.
      setBlind(true);
      return;
    }
    board.current = made;
    now.current.onBoard(made);
    const watch = new ResizeObserver(() => made.map.resize());
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      now.current.onBoard(null);
      board.current = null;
      made.end();
    };
  }, [tiles]);
  useEffect(() => {
    if (answer) board.current?.set(answer, labels);
  }, [answer, labels, tiles]);
  useEffect(() => board.current?.hide(hidden), [hidden, tiles]);
  useEffect(() => board.current?.pick(pick), [pick, tiles]);
  useEffect(() => board.current?.name(t('map.canvas', { map: label })), [label, lang.value, tiles]);
  const shade = theme.value;
  const drawn = useRef(shade);
  useEffect(() => {
    if (drawn.current !== shade) board.current?.recolour();
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
