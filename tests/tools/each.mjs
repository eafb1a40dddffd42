// Work that waits a lot, or does not need what comes before it.

/** Runs `work` for each of `all`, `count` at a time; what came of each, in their order. */
export async function each(all, count, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < all.length; at = next++) results[at] = await work(all[at]);
  };
  await Promise.all(Array.from({ length: count }, worker));
  return results;
}
