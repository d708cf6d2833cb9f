/** Programs that go wrong when the network does, and what helps. */
@NullMarked
package dev.standstill.examples.faults;

import org.jspecify.annotations.NullMarked;
