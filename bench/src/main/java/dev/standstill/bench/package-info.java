/**
 * Benchmarks that put the loops beside the JDK's own scheduler and others; {@code bench/run} runs
 * them all and compares the results with the project's budgets.
 */
@NullMarked
package dev.standstill.bench;

import org.jspecify.annotations.NullMarked;
