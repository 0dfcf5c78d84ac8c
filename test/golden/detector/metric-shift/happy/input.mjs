/** Two gauges, a point every 15 s, 10 and 20 in turn. During, that of `orders` is 500; that of `search` stays. */
export function fill(builder, at) {
  for (const name of ['orders', 'search']) {
    const entity = builder.entity('service', name, true);
    for (let i = 0; i < 80; i += 1)
      builder.addPoint({ entity, name: 'queue_depth' }, at(i * 15), name === 'orders' && i >= 40 ? 500 : 10 + 10 * (i % 2));
  }
}
