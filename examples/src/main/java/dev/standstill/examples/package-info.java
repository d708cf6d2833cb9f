/**
 * What to run first. {@link dev.standstill.examples.Waiter}, {@link dev.standstill.examples.Fetch},
 * {@link dev.standstill.examples.FetchMany} and {@link dev.standstill.examples.FourThreads} use the
 * API; the other programs are plain Java that knows nothing of Standstill, for {@code ./standstill
 * run}.
 */
@NullMarked
package dev.standstill.examples;

import org.jspecify.annotations.NullMarked;
