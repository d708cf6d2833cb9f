/**
 * What to run first. {@link dev.standstill.examples.Waiter} uses the API; the others are plain Java
 * programs that know nothing of Standstill, for {@code ./standstill run}.
 */
@NullMarked
package dev.standstill.examples;

import org.jspecify.annotations.NullMarked;
