/** A replicated log of a few hundred lines: Raft on Netty, and a client of it. */
@NullMarked
package dev.standstill.examples.raft;

import org.jspecify.annotations.NullMarked;
