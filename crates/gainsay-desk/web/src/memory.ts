/** What the browser remembers of the reader's taste. A browser that keeps nothing is no fault. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`gainsay.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`gainsay.${key}`, value);
  } catch {
    // Then it is asked again next time.
  }
}
