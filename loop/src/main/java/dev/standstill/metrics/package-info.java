/**
 * What an event loop in production is doing, in numbers: for JMX, Micrometer and a dashboard.
 *
 * <p>{@link dev.standstill.metrics.LoopMetrics} is where to begin.
 */
@NullMarked
package dev.standstill.metrics;

import org.jspecify.annotations.NullMarked;
