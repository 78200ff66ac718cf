/** Moving through time by itself: a step at each beat, but never before what is shown has come. */
import { useEffect, useRef } from 'preact/hooks';
import type { Day } from '../api/types';
import { ahead, type Step } from './steps';

const BEAT = 700;

export interface Playing {
  on: boolean;
  day: Day;
  last: Day;
  step: Step;
  /** What is asked for has come. */
  ready: boolean;
  onDay: (day: Day) => void;
  onEnd: () => void;
  onAhead: (days: Day[]) => void;
}

export function usePlay(playing: Playing): void {
  const now = useRef(playing);
  now.current = playing;
  const { on, day, ready, step } = playing;
  useEffect(() => {
    if (on) now.current.onAhead(ahead(day, step, now.current.last, 3));
  }, [on, day, step]);
  useEffect(() => {
    if (!on || !ready) return;
    const timer = setTimeout(() => {
      const [next] = ahead(now.current.day, now.current.step, now.current.last, 1);
      if (next) now.current.onDay(next);
      else now.current.onEnd();
    }, BEAT);
    return () => clearTimeout(timer);
  }, [on, day, ready, step]);
}
