/** Files: dropped on the page or picked, looked over, sent. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api/client';
import { asApiError } from '../api/use';
import { locale, number, percent, t } from '../i18n';
import { Button, ErrorBox, toast } from '../ui';
import { load, MOST_BYTES, pick, size } from './files';
import { begun } from './jobs';
import { sendFiles, type Sending } from './send';

const LISTED = 30;

/** "1.2 MB" as the reader writes it. */
export function sizeText(bytes: number): string {
  const { n, unit } = size(bytes);
  return new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short' }).format(n);
}

export function Drop() {
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(0);
  const [sending, setSending] = useState<(Sending & { share: number }) | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const found = load(files);

  useEffect(() => {
    if (!sending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [sending !== null]);
  // A file that misses the field must not replace the page.
  useEffect(() => {
    const keep = (event: DragEvent) => event.preventDefault();
    addEventListener('dragover', keep);
    addEventListener('drop', keep);
    return () => {
      removeEventListener('dragover', keep);
      removeEventListener('drop', keep);
    };
  }, []);

  const add = (more: FileList | null | undefined) => {
    if (!more || sending) return;
    setError(null);
    setFiles((before) => pick(before, [...more]));
  };
  const send = async () => {
    if (sending || found.send.length === 0 || found.over) return;
    setError(null);
    const now = sendFiles(found.send, (share) => setSending((before) => before && { ...before, share }));
    setSending({ ...now, share: 0 });
    try {
      begun(await now.done);
      setFiles([]);
      toast(t('add.sent'));
    } catch (thrown) {
      const fault = asApiError(thrown);
      if (fault.code !== 'stopped') setError(fault);
    }
    setSending(null);
  };

  return (
    <div class="stack add-form">
      <div
        class={`drop ${over > 0 ? 'over' : ''}`}
        onDragEnter={() => setOver((n) => n + 1)}
        onDragLeave={() => setOver((n) => Math.max(0, n - 1))}
        onDrop={(event) => {
          event.preventDefault();
          setOver(0);
          add(event.dataTransfer?.files);
        }}
      >
        <p><strong>{t('add.drop')}</strong></p>
        <Button onClick={() => input.current?.click()} disabled={sending !== null}>{t('add.pick')}</Button>
        <input
          ref={input}
          class="visually-hidden"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t('add.pick')}
          onChange={(event) => {
            add(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        <p class="muted small">{t('add.drop.hint', { most: sizeText(MOST_BYTES) })}</p>
      </div>

      {files.length > 0 && (
        <>
          <ul class="plain files">
            {found.send.slice(0, LISTED).map((file) => <Line key={key(file)} file={file} onDrop={sending ? null : () => setFiles(files.filter((one) => one !== file))} />)}
            {found.send.length > LISTED && <li class="muted small">{t('add.files.more', { n: found.send.length - LISTED })}</li>}
          </ul>
          {found.refused.length > 0 && (
            <div class="add-refused" role="alert">
              <p>{t('add.files.refused', { n: found.refused.length })}</p>
              <ul>
                {found.refused.slice(0, LISTED).map(({ file, why }) => <li key={key(file)}><bdi>{file.name}</bdi>: {t(`add.refused.${why}`)}</li>)}
              </ul>
            </div>
          )}
          {found.over && <p class="field-error" role="alert">{t('add.files.over', { size: sizeText(found.bytes), most: sizeText(MOST_BYTES) })}</p>}
          <div class="row">
            <Button look="main" busy={sending !== null} disabled={found.send.length === 0 || found.over} onClick={() => void send()}>{t('add.files.read', { n: found.send.length })}</Button>
            {sending ? <Button onClick={sending.stop}>{t('add.stop')}</Button> : <Button look="quiet" onClick={() => setFiles([])}>{t('add.files.none')}</Button>}
            <span class="muted small">{sizeText(found.bytes)}</span>
          </div>
          {sending && (
            <div role="status" class="stack tight">
              <progress max={1} value={sending.share} aria-label={t('add.sending')} />
              <p class="small">{t('add.sending.share', { share: percent(sending.share) })}</p>
            </div>
          )}
        </>
      )}
      {error && <ErrorBox error={error} />}
    </div>
  );
}

function key(file: File): string {
  return `${file.name}-${number(file.size)}-${file.lastModified}`;
}

function Line({ file, onDrop }: { file: File; onDrop: (() => void) | null }) {
  return (
    <li>
      <bdi>{file.name}</bdi>
      <span class="muted small">{sizeText(file.size)}</span>
      {onDrop && <Button look="quiet" aria-label={t('add.files.drop', { name: `\u2068${file.name}\u2069` })} onClick={onDrop}>×</Button>}
    </li>
  );
}
