/** How the classes of a program are changed so that they tell what they are about to do. */
@NullMarked
package dev.standstill.explore.program;

import org.jspecify.annotations.NullMarked;
