/**
 * The sockets of one loop: files with numbers, as an operating system has them, in memory and in
 * the time of the loop. {@link dev.standstill.network.kernel.Kernel} is what the JDK's sockets ask.
 *
 * <p>All of it is confined to the loop. Nothing happens by itself: what is on its way has the time
 * at which it arrives, and whoever looks before does not see it.
 */
@NullMarked
package dev.standstill.network.kernel;

import org.jspecify.annotations.NullMarked;
