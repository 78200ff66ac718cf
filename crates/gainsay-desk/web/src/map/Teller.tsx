/** Who tells the map: everyone together, or one source alone. */
import { nameOf } from '../api/names';
import type { Id, MapSpan } from '../api/types';
import { number, t, word } from '../i18n';
import { sideOf } from '../ui';

export function Teller({ label, value, sources, onValue }: { label: string; value: Id; sources: MapSpan['sources']; onValue: (id: Id) => void }) {
  const known = value === '' || sources.some((source) => source.id === value);
  return (
    <label class="map-teller">
      <span>{label}</span>
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">{t('map.everyone')}</option>
        {!known && <option value={value}>{nameOf(value)?.name ?? value}</option>}
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {t('map.source', { name: source.name, side: word('side', sideOf(source.side).key), claims: number(source.claims) })}
          </option>
        ))}
      </select>
    </label>
  );
}
