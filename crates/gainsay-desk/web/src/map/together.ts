import type { Board } from './board';

/** Makes two maps move as one. Gives what parts them again. */
export function together(one: Board, two: Board): () => void {
  let moving = false;
  const follow = (leader: Board, follower: Board) => () => {
    if (moving) return;
    moving = true;
    const { map } = leader;
    follower.map.jumpTo({ center: map.getCenter(), zoom: map.getZoom() });
    moving = false;
  };
  const [ahead, back] = [follow(one, two), follow(two, one)];
  one.map.on('move', ahead);
  two.map.on('move', back);
  return () => {
    one.map.off('move', ahead);
    two.map.off('move', back);
  };
}
