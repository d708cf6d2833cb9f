/** Programs that are explored; Standstill's own classes are not. */
@NullMarked
package dev.standstill.bench.program;

import org.jspecify.annotations.NullMarked;
