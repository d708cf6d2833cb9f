/**
 * The network of a loop, in memory and in its time: {@link dev.standstill.network.Network} is what
 * tests change while it runs.
 */
@NullMarked
package dev.standstill.network;

import org.jspecify.annotations.NullMarked;
