/** The settings of the desk: a second pair of eyes, and the user's own map tiles. */
import { useState } from 'preact/hooks';
import { me, post, whoAmI } from '../api/client';
import { asApiError } from '../api/use';
import { t } from '../i18n';
import { Button, Check, errorText, TextField, toast } from '../ui';

export function Settings() {
  const now = me.value!.settings;
  const [eyes, setEyes] = useState(now.second_eyes);
  const [tiles, setTiles] = useState(now.tiles ?? '');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const go = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setWrong(undefined);
    try {
      // What the desk shows of tiles is not what was typed (a file's path stays with it): send back only what was changed.
      const changed = tiles.trim() !== (now.tiles ?? '') ? { tiles: tiles.trim() || null } : {};
      await post('settings', { second_eyes: eyes, ...changed });
      await whoAmI();
      toast(t('settings.saved'));
    } catch (reason) {
      const error = asApiError(reason);
      setWrong(error.message || errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="stack own" onSubmit={(event) => void go(event)}>
      <div>
        <Check label={t('settings.second_eyes')} checked={eyes} onValue={setEyes} />
        <p class="muted small">{t('settings.second_eyes_hint')}</p>
      </div>
      <TextField label={t('settings.tiles')} value={tiles} onValue={setTiles} maxLength={2000} hint={t('settings.tiles_hint')} error={wrong} />
      <div><Button type="submit" look="main" busy={busy}>{t('settings.save')}</Button></div>
    </form>
  );
}
