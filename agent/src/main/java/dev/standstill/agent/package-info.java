/**
 * The agent: {@link dev.standstill.agent.Agent} starts it, {@link dev.standstill.agent.SelfAttach}
 * loads it into the running JVM. What is rewritten stands in two tables: {@code Clocks} for the
 * calls that read a clock, in every class, and {@code Rewrites} for single methods of the JDK.
 */
@NullMarked
package dev.standstill.agent;

import org.jspecify.annotations.NullMarked;
