/** A trace of a loop as a page, as text, and in forms that other tools open. */
@NullMarked
package dev.standstill.timeline;

import org.jspecify.annotations.NullMarked;
