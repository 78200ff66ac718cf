/** Texts of reports among the desk's own: what one leaves open in its direction must not turn round what stands after it. */

const ISOLATES = /[\u2066-\u2069]/g;
const ESCAPED = /\\u206[6-9]/i;

/**
 * Closes the isolates that a text leaves open, at its end; one closed that was never opened becomes a mark of no width. The end of an
 * element closes but one isolate, so that without this it would close the text's and leave its own open. Places in the text stay.
 */
export function calm(text: string): string {
  let open = 0;
  const even = text.replace(ISOLATES, (mark) => {
    if (mark !== '\u2069') {
      open += 1;
      return mark;
    }
    if (open === 0) return '\u2060';
    open -= 1;
    return mark;
  });
  return even + '\u2069'.repeat(open);
}

/** JSON of the desk, its texts calmed. */
export function parsed(json: string): unknown {
  if (json.search(ISOLATES) < 0 && !ESCAPED.test(json)) return JSON.parse(json) as unknown;
  return JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? calm(value) : value)) as unknown;
}
