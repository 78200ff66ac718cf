/** What one presses and fills in. */
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { t } from '../i18n';
import { parseSpan, type Edge } from './dates';
import './controls.css';

type Look = 'plain' | 'main' | 'quiet' | 'bad';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'disabled' | 'aria-busy'> {
  look?: Look;
  /** Working on it: pressed once, it takes no further press. */
  busy?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  /** The key that does the same, shown beside the words. */
  hotkey?: string;
  children?: ComponentChildren;
}

export function Button({ look = 'plain', busy = false, disabled = false, type = 'button', hotkey, children, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} class={`button ${look} ${rest.class ?? ''}`} disabled={disabled || busy} aria-busy={busy}>
      {children}
      {hotkey && <kbd aria-hidden="true">{hotkey}</kbd>}
    </button>
  );
}

export interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** For narrow rows, where the label is read out and not shown. */
  bare?: boolean;
  children: (props: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ComponentChildren;
}

/** A label, what it labels, and what is wrong with it. */
export function Field({ label, hint, error, bare = false, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div class="field">
      <label for={id} class={bare ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error !== undefined })}
      {note && (
        <p id={`${id}-note`} class={error ? 'field-error' : 'field-hint'} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps extends Omit<FieldProps, 'children'> {
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'password' | 'url' | 'search';
  name?: string;
  autocomplete?: 'username' | 'current-password' | 'new-password' | 'off' | 'url';
  required?: boolean;
  placeholder?: string;
  rows?: number;
  maxLength?: number;
}

/** A line, or with `rows` a block, of text. Its direction follows what is typed. */
export function TextField({ label, hint, error, bare = false, value, onValue, rows, type = 'text', ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} bare={bare}>
      {(props) =>
        rows ? (
          <textarea {...rest} {...props} rows={rows} dir="auto" value={value} onInput={(event) => onValue(event.currentTarget.value)} />
        ) : (
          <input {...rest} {...props} type={type as 'text'} dir="auto" value={value} onInput={(event) => onValue(event.currentTarget.value)} />
        )
      }
    </Field>
  );
}

export interface SelectProps<T extends string> extends Omit<FieldProps, 'children'> {
  value: T;
  options: readonly { value: T; label: string }[];
  onValue: (value: T) => void;
}

export function Select<T extends string>({ label, hint, error, bare = false, value, options, onValue }: SelectProps<T>) {
  return (
    <Field label={label} hint={hint} error={error} bare={bare}>
      {(props) => (
        <select {...props} value={value} onChange={(event) => onValue(event.currentTarget.value as T)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Check({ label, checked, onValue, disabled = false }: { label: string; checked: boolean; onValue: (on: boolean) => void; disabled?: boolean }) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onValue(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

export interface DateFieldProps {
  label: string;
  /** A day, or ''. */
  value: string;
  onValue: (day: string) => void;
  /** Which day of a month or year that is written alone: its first or its last. */
  edge?: Edge;
  bare?: boolean;
  hint?: string;
}

/** A day, month or year as people write it: 2014, 2014-06, 2014-06-20. Gives a day when one leaves it or presses Enter. */
export function DateField({ label, value, onValue, edge = 'first', bare = false, hint }: DateFieldProps) {
  const [typed, setTyped] = useState(value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setTyped(value);
    setWrong(false);
  }, [value]);
  const commit = () => {
    const day = typed.trim() === '' ? '' : parseSpan(typed)?.[edge];
    setWrong(day === undefined);
    if (day !== undefined && day !== value) onValue(day);
    else if (day !== undefined) setTyped(day);
  };
  return (
    <Field label={label} hint={hint} error={wrong ? t('date.wrong') : undefined} bare={bare}>
      {(props) => (
        <input
          {...props}
          class="date"
          dir="ltr"
          inputMode="numeric"
          autocomplete="off"
          placeholder={t('date.placeholder')}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      )}
    </Field>
  );
}
