/** Makes a failing schedule small: takes out the switches that do not matter. */
@NullMarked
package dev.standstill.explore.shrink;

import org.jspecify.annotations.NullMarked;
