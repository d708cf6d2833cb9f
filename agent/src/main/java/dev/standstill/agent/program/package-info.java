/** Which classes are the program's. */
@NullMarked
package dev.standstill.agent.program;

import org.jspecify.annotations.NullMarked;
