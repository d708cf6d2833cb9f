/** A server on one loop, for an hour. */
@NullMarked
package dev.standstill.test.soak;

import org.jspecify.annotations.NullMarked;
