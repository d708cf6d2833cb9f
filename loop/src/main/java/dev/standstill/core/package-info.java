/**
 * The scheduler: ready queue, timers, entry queue, clocks and hand-overs, each with one owner; not
 * API.
 *
 * <p>A {@link dev.standstill.core.Scheduler} is handed the slices of its virtual threads and runs
 * them one at a time on the thread that drives it, the carrier. Two kinds drive differently: {@link
 * dev.standstill.core.LiveScheduler} sleeps until there is work, {@link
 * dev.standstill.core.VirtualScheduler} hands control back.
 *
 * <p>What is called <em>loop-confined</em> here is touched by the carrier only, between slices or
 * by the task that runs. Other threads hand over through {@link dev.standstill.core.EntryQueue};
 * all they did before happens-before what the loop does with it.
 */
@NullMarked
package dev.standstill.core;

import org.jspecify.annotations.NullMarked;
