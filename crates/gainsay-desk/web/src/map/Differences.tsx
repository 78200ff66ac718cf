/** The places on which two maps differ, and what each says. It does not say which is right. */
import { useState } from 'preact/hooks';
import type { MapPlace } from '../api/types';
import { t } from '../i18n';
import { EntityList, Pager, StateChip, Table } from '../ui';
import type { Difference } from './differences';
import { placeName } from './names';

const PAGE = 60;

export interface DifferencesProps { all: Difference[]; tellers: [string, string]; pick: string | null; onPick: (pick: string) => void }

export function Differences({ all, tellers, pick, onPick }: DifferencesProps) {
  const [most, setMost] = useState(PAGE);
  if (all.length === 0) return <p class="muted">{t('map.no_difference')}</p>;
  const told = (place: MapPlace | null) =>
    place ? <><EntityList ids={place.holders} most={2} /> <StateChip state={place.state} disputed={place.disputed} /></> : <span class="muted">{t('map.says_nothing')}</span>;
  return (
    <div class="stack tight">
      <p class="small muted">{t('map.differ', { n: all.length })}</p>
      <Table
        caption={t('map.panel.differences')} rows={all.slice(0, most)} id={(row) => row.id}
        columns={[
          {
            key: 'place', label: t('map.place'),
            cell: (row) => (
              <button type="button" class="map-name" aria-pressed={pick === `place:${row.id}`} onClick={() => onPick(`place:${row.id}`)}>
                <bdi>{placeName(row.id)}</bdi>
              </button>
            ),
          },
          {
            key: 'said', label: t('map.said'),
            cell: (row) => (
              <dl class="map-said">
                <div><dt><bdi>{tellers[0]}</bdi></dt><dd>{told(row.one)}</dd></div>
                <div><dt><bdi>{tellers[1]}</bdi></dt><dd>{told(row.two)}</dd></div>
              </dl>
            ),
          },
        ]}
      />
      <Pager shown={Math.min(most, all.length)} total={all.length} more={most < all.length ? () => setMost(most + PAGE) : null} />
    </div>
  );
}
