/** Adding reports: files, a text, or an address; and what is read, as it is read. */
import { useEffect, useState } from 'preact/hooks';
import { type ApiError, me, post } from '../api/client';
import { asApiError } from '../api/use';
import { useDraft } from '../draft';
import { t } from '../i18n';
import { oneOf, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Button, DateField, Empty, ErrorBox, Tabs, TextField, toast } from '../ui';
import { Drop } from './drop';
import { addressOf, bytesOf } from './files';
import { ask, begun, follow } from './jobs';
import type { Begun } from './send';
import { Jobs } from './joblist';
import './add.css';

const QUERY = { by: oneOf(['files', 'text', 'address'] as const, 'files') };
/** A text that is pasted goes in one request, which the desk bounds at a mebibyte; some of it is taken by the fields beside. */
const LONGEST_TEXT = 1_000_000;

export default function AddPage() {
  const [query, setQuery] = useQuery(QUERY);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const may = me.value?.may.add ?? false;
  useEffect(() => {
    if (!may) return;
    follow();
    ask().catch((error: unknown) => setFailed(asApiError(error)));
  }, [may]);
  if (!may) return <Page title={t('add.title')}><Empty>{t('add.may_not')}</Empty></Page>;
  if (me.value?.ledger.read_only) return <Page title={t('add.title')}><Empty>{t('add.read_only')}</Empty></Page>;
  return (
    <Page title={t('add.title')}>
      <Tabs label={t('add.title')} tabs={(['files', 'text', 'address'] as const).map((by) => ({ key: by, label: t(`add.by.${by}`) }))} at={query.by} onTab={(by) => setQuery({ by: by as typeof query.by })} />
      {query.by === 'text' ? <Text /> : query.by === 'address' ? <Address /> : <Drop />}
      {failed && <ErrorBox error={failed} />}
      <Jobs />
    </Page>
  );
}

const NO_TEXT = { text: '', title: '', outlet: '', published: '', url: '' };

function Text() {
  const draft = useDraft('add.text', NO_TEXT);
  const { text, title, outlet, published, url } = draft.value;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const bytes = bytesOf(text);
  const long = bytes > LONGEST_TEXT;
  const strange = url.trim() !== '' && addressOf(url) === null;
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy || !text.trim() || long || strange) return;
    setBusy(true);
    setError(null);
    try {
      begun(await post<Begun>('add/text', { text, ...(title.trim() && { title: title.trim() }), ...(outlet.trim() && { outlet: outlet.trim() }), ...(published && { published }), ...(url.trim() && { url: url.trim() }) }));
      draft.clear();
      toast(t('add.sent'));
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  return (
    <form class="stack add-form" onSubmit={(event) => void send(event)}>
      <TextField label={t('add.text')} hint={t('add.text.hint')} rows={10} value={text} error={long ? t('add.text.long') : undefined} onValue={(next) => draft.set({ text: next })} />
      <div class="fields">
        <TextField label={t('add.text.title')} value={title} maxLength={500} onValue={(next) => draft.set({ title: next })} />
        <TextField label={t('add.text.outlet')} value={outlet} maxLength={200} onValue={(next) => draft.set({ outlet: next })} />
        <DateField label={t('add.text.published')} hint={t('add.text.published.hint')} value={published} onValue={(next) => draft.set({ published: next })} />
        <TextField label={t('add.text.url')} value={url} maxLength={2000} error={strange ? t('add.address.wrong') : undefined} onValue={(next) => draft.set({ url: next })} />
      </div>
      <div class="row"><Button look="main" type="submit" busy={busy} disabled={!text.trim() || long || strange}>{t('add.read')}</Button></div>
      {error && <ErrorBox error={error} />}
    </form>
  );
}

function Address() {
  const draft = useDraft('add.address', { url: '' });
  const { url } = draft.value;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const at = addressOf(url);
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy || !at) return;
    setBusy(true);
    setError(null);
    try {
      begun(await post<Begun>('add/address', { url: at }));
      draft.clear();
      toast(t('add.sent'));
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  return (
    <form class="stack add-form" onSubmit={(event) => void send(event)}>
      <TextField label={t('add.address')} hint={t('add.address.hint')} placeholder="https://" value={url} maxLength={2000} error={url.trim() !== '' && !at ? t('add.address.wrong') : undefined} onValue={(next) => draft.set({ url: next })} />
      <div class="row"><Button look="main" type="submit" busy={busy} disabled={!at}>{t('add.fetch')}</Button></div>
      {error && <ErrorBox error={error} />}
    </form>
  );
}
